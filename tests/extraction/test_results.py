import re

import pytest
from figure_texts import NAMES, TEXTS, Row, blank, named
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import Extractor
from kg.schema import Paper


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank("citegraph_results", {})


@pytest.fixture(scope="module")
def read(nlp: Language):
    def results(text: str, confidence: float = 0.95) -> list[Row]:
        doc = named(nlp, text, confidence)
        return [(r.model, r.benchmark, r.metric, r.value) for r in doc._.citegraph_results]

    return results


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # Forms of a figure.
        ("ZorbNet reaches 57.1% on BirdQA.", [("ZorbNet", "BirdQA", "", "57.1%")]),
        (r"ZorbNet reaches 57.1\% accuracy on BirdQA.", [("ZorbNet", "BirdQA", "accuracy", r"57.1\%")]),
        (r"ZorbNet reaches \textbf{57.1} mIoU on BirdQA.", [("ZorbNet", "BirdQA", "mIoU", "57.1")]),
        ("ZorbNet has an AUC of ~0.88 on BirdQA.", [("ZorbNet", "BirdQA", "AUC", "0.88")]),
        ("ZorbNet has a Dice of 0.88±0.06 on BirdQA.", [("ZorbNet", "BirdQA", "Dice", "0.88")]),
        ("ZorbNet has an F1 score of 83 on BirdQA.", [("ZorbNet", "BirdQA", "F1 score", "83")]),
        ("ZorbNet gets 84.2 percent accuracy on BirdQA.", [("ZorbNet", "BirdQA", "accuracy", "84.2")]),
        (
            "On BirdQA, the scores of Quill range from 1.2% to 47.1%.",
            [("Quill", "BirdQA", "scores", "1.2%"), ("Quill", "BirdQA", "scores", "47.1%")],
        ),
        ("ZorbNet achieves a speedup of 3.1x on BirdQA.", [("ZorbNet", "BirdQA", "speedup", "3.1x")]),
        # Gains and drops.
        ("ZorbNet outperforms Quill by 7.6 points on BirdQA.", [("ZorbNet", "BirdQA", "", "+7.6")]),
        ("ZorbNet improves accuracy on BirdQA by 3.2%.", [("ZorbNet", "BirdQA", "accuracy", "+3.2%")]),
        ("ZorbNet achieves a 20% reduction in latency on BirdQA.", [("ZorbNet", "BirdQA", "latency", "-20%")]),
        ("ZorbNet gives 2.5% lower WER on BirdQA.", [("ZorbNet", "BirdQA", "WER", "-2.5%")]),
        ("ZorbNet significantly improves BirdQA (+4.1%).", [("ZorbNet", "BirdQA", "", "+4.1%")]),
        (
            "ZorbNet beats Quill by 2.3% and 4.1% on BirdQA and FishQA.",
            [("ZorbNet", "BirdQA", "", "+2.3%"), ("ZorbNet", "FishQA", "", "+4.1%")],
        ),
        (
            "ZorbNet beats Quill by 2.3% on BirdQA and 4.1% on FishQA.",
            [("ZorbNet", "BirdQA", "", "+2.3%"), ("ZorbNet", "FishQA", "", "+4.1%")],
        ),
        (
            "ZorbNet reduces the error rate on BirdQA from 17.5% to 9.8%.",
            [("", "BirdQA", "error rate", "17.5%"), ("ZorbNet", "BirdQA", "error rate", "9.8%")],
        ),
        # Lists.
        (
            "ZorbNet gains 17.5%, 18.9% and 16.6% on BirdQA, FishQA, and real ponds, respectively.",
            [("ZorbNet", "BirdQA", "", "+17.5%"), ("ZorbNet", "FishQA", "", "+18.9%")],
        ),
        (
            "ZorbNet leads on BirdQA (IoU 73.8%), FishQA (92.0%) and TreeBench (64.1%).",
            [
                ("ZorbNet", "BirdQA", "IoU", "73.8%"),
                ("ZorbNet", "FishQA", "IoU", "92.0%"),
                ("ZorbNet", "TreeBench", "IoU", "64.1%"),
            ],
        ),
        (
            "ZorbNet shows an average gain of 4.5% on BirdQA and FishQA.",
            [("ZorbNet", "BirdQA", "", "+4.5%"), ("ZorbNet", "FishQA", "", "+4.5%")],
        ),
        (
            "We test on the BirdQA dataset, achieving 92.1% Dice and 87.4% mIoU.",
            [("", "BirdQA", "Dice", "92.1%"), ("", "BirdQA", "mIoU", "87.4%")],
        ),
        (
            "ZorbNet reaches 75.6, 77.8 and 78.1 for precision, recall and F1 on BirdQA.",
            [
                ("ZorbNet", "BirdQA", "precision", "75.6"),
                ("ZorbNet", "BirdQA", "recall", "77.8"),
                ("ZorbNet", "BirdQA", "F1", "78.1"),
            ],
        ),
        (
            "ZorbNet improves EM by 1.6% and F1 by 4.7% on BirdQA.",
            [("ZorbNet", "BirdQA", "EM", "+1.6%"), ("ZorbNet", "BirdQA", "F1", "+4.7%")],
        ),
        # Whose figure it is.
        (
            "On BirdQA, Quill (75.2%) and Marn (72.3%) do well.",
            [("Quill", "BirdQA", "", "75.2%"), ("Marn", "BirdQA", "", "72.3%")],
        ),
        (
            "ZorbNet reaches 71.6% on BirdQA compared to 66.6% with Quill.",
            [("ZorbNet", "BirdQA", "", "71.6%"), ("Quill", "BirdQA", "", "66.6%")],
        ),
        (
            "ZorbNet reaches 71.6% on BirdQA, versus 66.6% for the best baseline.",
            [("ZorbNet", "BirdQA", "", "71.6%"), ("", "BirdQA", "", "66.6%")],
        ),
        ("We present ZorbNet. Our method reaches 71.6% on BirdQA.", [("ZorbNet", "BirdQA", "", "71.6%")]),
        ("We present ZorbNet. ZorbNet-7B reaches 71.6% on BirdQA.", [("ZorbNet-7B", "BirdQA", "", "71.6%")]),
        ("ZorbNet outperforms a strong Quill, reaching 71.6% on BirdQA.", [("ZorbNet", "BirdQA", "", "71.6%")]),
        ("On SoupBench, even the best models reach 28% accuracy.", [("", "SoupBench", "accuracy", "28%")]),
        (
            "On BirdQA, Quill and Marn yield 82% and 80% accuracy, respectively.",
            [("Quill", "BirdQA", "accuracy", "82%"), ("Marn", "BirdQA", "accuracy", "80%")],
        ),
        # What a figure is on.
        ("ZorbNet, trained on PondSet, reaches 71.6% on BirdQA.", [("ZorbNet", "BirdQA", "", "71.6%")]),
        ("On BirdQA, ZorbNet beats PondSet-trained models by 5.2%.", [("ZorbNet", "BirdQA", "", "+5.2%")]),
        (
            "We test BirdQA and FishQA. ZorbNet attains 71.5% and 62.1% accuracy, respectively.",
            [("ZorbNet", "BirdQA", "accuracy", "71.5%"), ("ZorbNet", "FishQA", "accuracy", "62.1%")],
        ),
        (
            "We try FishQA. Then we turn to BirdQA. ZorbNet attains 71.5% accuracy.",
            [("ZorbNet", "BirdQA", "accuracy", "71.5%")],
        ),
        (
            "We introduce SoupBench. Quill achieves only 41.2% accuracy.",
            [("Quill", "SoupBench", "accuracy", "41.2%")],
        ),
        (
            "We test BirdQA and FishQA. We build SoupBench too. On this benchmark, Quill scores 25.8%.",
            [("Quill", "SoupBench", "", "25.8%")],
        ),
        ("ZorbNet has a resolution rate of 87.1% on BirdQA.", [("ZorbNet", "BirdQA", "resolution rate", "87.1%")]),
    ],
)
def test_figures(read, text: str, rows: list[Row]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "ZorbNet improves accuracy by an average of 1.5% on BirdQA, FishQA, and TreeBench.",
        "We evaluate on BirdQA. This spares 12% of the staff.",
        "We train on PondSet. ZorbNet is 61.2% accurate on PondSet.",
        "We evaluate on BirdQA with 1,610 birds and 10 tasks.",
        "BirdQA was collected in 2019 from 7B tokens.",
        "ZorbNet runs on BirdQA within 2.5 hours on 8 GPUs.",
        "ZorbNet matches Quill on BirdQA using only 11% of the training data.",
        "On BirdQA we study (1) size and (2) shape.",
        "ZorbNet and Llama 3.1 are compared on BirdQA.",
        "The effect on BirdQA is significant (p < 0.001).",
        "On BirdQA, ZorbNet is good, see https://example.org/birds/95.2%25.",
        "ZorbNet gets 93.1% on OtherQA but is weak on BirdQA.",
        "ZorbNet reaches 93.1% on real ponds.",
        "We use BirdQA, FishQA and TreeBench. ZorbNet is 93.1% right.",
    ],
)
def test_what_is_no_figure_on_a_named_benchmark(read, text: str) -> None:
    assert read(text) == []


def test_a_figure_on_what_is_probably_not_evaluated_on_is_left_out(read) -> None:
    text = "ZorbNet reaches 57.1% on BirdQA."
    assert read(text, confidence=0.65)
    assert not read(text, confidence=0.55)


def test_a_doubtful_benchmark_is_not_carried_into_other_sentences(read) -> None:
    text = "We test on BirdQA. ZorbNet achieves 93.1% accuracy."
    assert read(text, confidence=0.9) == [("ZorbNet", "BirdQA", "accuracy", "93.1%")]
    assert read(text, confidence=0.5) == []


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", " ", "  "])), max_size=40))
def test_every_value_is_the_text_at_its_offsets(nlp: Language, pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    doc = named(nlp, text, 0.95)
    for result in doc._.citegraph_results:
        assert result.value.lstrip("+-") == text[result.start : result.end]
        assert re.search(r"\d", result.value)
        assert result.benchmark in NAMES
        assert not result.metric or result.metric in text


def test_results_of_a_paper_point_into_its_fields(extractor: Extractor) -> None:
    abstract = "We test on many tasks. It reaches 57.1% accuracy on GSM8K and 63.2% on MMLU."
    found = extractor.one(Paper(id="p", title="Counting birds", abstract=abstract))
    assert [(r.benchmark, r.value) for r in found.results] == [("GSM8K", "57.1%"), ("MMLU", "63.2%")]
    assert all(abstract[r.start : r.end] == r.value and r.field == "abstract" for r in found.results)
