"""Model files: numpy's .npz with texts as bytes, the same file for the same content, never pickled objects."""

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SEPARATOR = "\0"


def write_arrays(path: Path, **arrays: Any) -> None:
    """Writes arrays, compressed, under their names and in this order.

    numpy gives every entry of the file the same date, so that only the content decides its bytes.
    """
    with path.open("wb") as stream:
        np.savez_compressed(stream, **arrays)


def read_arrays(path: Path, *names: str) -> dict[str, NDArray[Any]]:
    """The arrays of these names.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no .npz file, is damaged, or has not all of these arrays.
    """
    fault = f"no .npz file with the arrays {', '.join(names)}"
    with path.open("rb") as stream:
        if not zipfile.is_zipfile(stream):
            raise ValueError(fault)
        stream.seek(0)
        try:
            with np.load(stream, allow_pickle=False) as file:
                return {name: file[name] for name in names}
        except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(fault) from error


def text_array(texts: Iterable[str]) -> NDArray[np.uint8]:
    r"""Texts as one array of UTF-8 bytes, with a zero byte between two; much smaller than numpy's own arrays of texts.

    Raises:
        ValueError: a text has a zero byte, or there is none at all.
    """
    found = tuple(texts)
    joined = _SEPARATOR.join(found)
    if len(found) != joined.count(_SEPARATOR) + 1:
        raise ValueError("texts must have no zero byte, and be at least one")
    return np.frombuffer(joined.encode(), dtype=np.uint8)


def array_texts(array: NDArray[np.uint8]) -> tuple[str, ...]:
    """The texts of an array made by `text_array`."""
    return tuple(array.tobytes().decode().split(_SEPARATOR))
