from pathlib import Path

import numpy as np
import pytest

from kg.extraction.vectors import WordVectors, load_vectors


@pytest.fixture
def vectors() -> WordVectors:
    return WordVectors(("bert", "roberta", "banana"), np.array([[1, 0], [0.6, 0.8], [0, -1]], np.float32))


def test_the_mean_is_over_the_words_that_are_known(vectors: WordVectors) -> None:
    assert vectors.mean(["bert", "unheard-of"]) == pytest.approx([1, 0])
    assert vectors.mean(["bert", "roberta"]) == pytest.approx([0.8, 0.4], abs=0.01)
    assert not vectors.mean(["unheard-of"]).any()


def test_the_order_of_words_changes_no_bit(vectors: WordVectors) -> None:
    assert (vectors.mean(["bert", "banana", "roberta"]) == vectors.mean(["roberta", "bert", "banana"])).all()


def test_vectors_are_the_same_file_after_saving(vectors: WordVectors, tmp_path: Path) -> None:
    vectors.save(tmp_path / "one.npz")
    WordVectors.load(tmp_path / "one.npz").save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_file_that_holds_no_vectors_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_text("no zip")
    with pytest.raises(ValueError, match=r"bad\.npz holds no word vectors"):
        WordVectors.load(tmp_path / "bad.npz")


def test_words_in_like_company_are_near_each_other() -> None:
    vectors = load_vectors()

    def alike(one: str, other: str) -> float:
        return float(vectors.mean([one]) @ vectors.mean([other]))

    assert alike("bert", "roberta") > alike("bert", "gsm8k")
    assert alike("gsm8k", "humaneval") > alike("gsm8k", "adam")
