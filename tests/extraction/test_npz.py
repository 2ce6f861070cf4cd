from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.npz import array_texts, read_arrays, text_array, write_arrays

TEXTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1)


@given(TEXTS)
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    assert array_texts(text_array(texts)) == tuple(texts)


@pytest.mark.parametrize("texts", [[], ["a\0b"]])
def test_texts_that_would_not_come_back_are_refused(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="zero byte"):
        text_array(texts)


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"^no \.npz file with the arrays numbers$"):
        read_arrays(tmp_path / "file.npz", "numbers")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    write_arrays(tmp_path / "file.npz", numbers=np.arange(1000))
    content = bytearray((tmp_path / "file.npz").read_bytes())
    content[200] ^= 255
    (tmp_path / "file.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"^no \.npz file"):
        read_arrays(tmp_path / "file.npz", "numbers")


def test_a_missing_array_and_pickled_objects_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "file.npz", numbers=np.array([{}], dtype=object))
    for name in ("numbers", "others"):
        with pytest.raises(ValueError, match=rf"^no \.npz file with the arrays {name}$"):
            read_arrays(tmp_path / "file.npz", name)
