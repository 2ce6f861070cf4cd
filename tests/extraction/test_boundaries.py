import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.extraction.attributes import title_end
from kg.extraction.names.boundaries import BoundaryFinder

RULES = Extractor.load("rules")


@pytest.fixture
def rules() -> Extractor:
    return RULES


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("We report results on SPEC CPU 2017 and on others.", "SPEC CPU 2017"),
        ("Forecasts improve on ETH/UCY by a third.", "ETH/UCY"),
        ("It is measured on RefCOCO/+/g alone.", "RefCOCO/+/g"),
        ("Weights are protected with Fisher information.", "Fisher information"),
        ("Scores rise on Vicuna (7B) only.", "Vicuna (7B)"),
        ("Using the Baby Chillanto set, cries are told apart.", "Baby Chillanto"),
        ("Answers follow 2WikiMultihop questions.", "2WikiMultihop"),
        ("Notes come from i2b2-2009 records.", "i2b2-2009"),
    ],
)
def test_the_whole_name_is_among_what_is_looked_at(rules: Extractor, abstract: str, name: str) -> None:
    doc = rules.document("A study of something", abstract)
    found = [*doc._.citegraph_candidates, *BoundaryFinder().alternatives(doc)]
    assert name in {candidate.span.text for candidate, _ in found}


def test_an_alternative_sees_what_is_around_itself(rules: Extractor) -> None:
    doc = rules.document("", "We evaluate on SPEC CPU 2017 with care.")
    after = {
        c.span.text: clues.context.after
        for c, clues in [*doc._.citegraph_candidates, *BoundaryFinder().alternatives(doc)]
    }
    assert after["SPEC CPU 2017"] == " with care ."


@given(st.text(alphabet="aB3 -/().,:$\\{}\n", max_size=60))
def test_alternatives_never_fail_and_never_cross_into_the_title(text: str) -> None:
    doc = RULES.document("BERT: A B3 Study", text)
    title = title_end(doc)
    for candidate, _ in BoundaryFinder().alternatives(doc):
        assert candidate.span.start < candidate.span.end
        assert not candidate.span.start < title < candidate.span.end
