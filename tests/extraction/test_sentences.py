import pytest
import spacy

import kg.extraction  # noqa: F401  registers tokenizer and component


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "citegraph.tokenizer.v1"}}})
    nlp.add_pipe("citegraph_sentences")
    return nlp


@pytest.mark.parametrize(
    "text",
    [
        "Older encoders, e.g. BERT, are slower.",
        "This follows Smith et al. 2019 closely.",
        "It runs faster (vs. 3.5 hours before) now.",
        "Scores rise by 3.2 points, i.e. Twice as much.",
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(nlp, text: str) -> None:
    assert len(list(nlp(text).sents)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It works. We tried it.",
        "Does it work? Yes.",
        "A title without stop\n\nThe abstract.",
        'They call it "good." Others do not.',
    ],
)
def test_sentences_end(nlp, text: str) -> None:
    assert len(list(nlp(text).sents)) == 2
