"""Word vectors: words that stand in like company in many abstracts have like vectors, also names on no list.

Skip-gram with negative sampling (Mikolov et al. 2013, arXiv:1310.4546), made by `training.vectors`.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.extraction.npz import array_texts, read_arrays, text_array, write_arrays

FILE = "vectors.npz"
_PATH = Path(__file__).parent / "model" / FILE
_NEAR = 5
"""Words on either side of a name whose vectors are taken."""
_RARE = 10_000
"""Place from which on words, in order of their frequency, are rare: most of them are parts of words or misprints."""
_RARER = 3
"""How much further behind a part of a word is than the word."""
_SCALE = 3
"""Factor on the vectors: one strength of regularisation then suits them and the features of 0 and 1."""


class WordVectors:
    """Vectors of unit length for lower-case words, 8 bits a number.

    Attributes:
        width: numbers in a vector.
    """

    def __init__(self, words: tuple[str, ...], vectors: NDArray[np.float32] | NDArray[np.int8]) -> None:
        """Takes one vector per word, shape (words, width): numbers from -1 to 1, or these in 127ths as 8-bit integers.

        The words are in order of their frequency.

        Raises:
            ValueError: there are not as many vectors as words.
        """
        if vectors.ndim != 2 or len(vectors) != len(words):
            raise ValueError(f"{len(words)} words do not fit vectors {vectors.shape}")
        self.width = vectors.shape[1]
        self._rows = {word: row for row, word in enumerate(words)}
        self._whole = vectors if vectors.dtype == np.int8 else np.round(vectors * 127).astype(np.int8)

    def mean(self, words: Iterable[str]) -> NDArray[np.float32]:
        """Mean vector of the words that are known, shape (width,); zeros where none is."""
        rows = [self._rows[word] for word in words if word in self._rows]
        if not rows:
            return np.zeros(self.width, np.float32)
        # A sum of whole numbers is the same in any order.
        total: NDArray[np.int32] = self._whole[rows].sum(0, dtype=np.int32)
        return (total / (127 * len(rows))).astype(np.float32)

    def is_one_word(self, before: str, after: str) -> bool:
        """Whether two parts at a line's end are one word without a hyphen: the whole is common, and a part is not.

        "compu-" and "tation" are, "pre-" and "trained", "image-" and "net" are not.
        """
        before, after = before.lower(), after.lower()
        # The words are in order of their frequency.
        rows, last = self._rows, len(self._rows)
        rarer = max(rows.get(before, last), rows.get(after, last))
        whole = rows.get(before + after, last)
        return rarer > max(_RARE, _RARER * whole) and f"{before}-{after}" not in rows

    def save(self, path: Path) -> None:
        """Writes an .npz file: words as UTF-8 bytes, vectors in 8 bits a number."""
        write_arrays(path, words=text_array(self._rows), vectors=self._whole)

    @classmethod
    def load(cls, path: Path) -> "WordVectors":
        """Reads what `save` wrote.

        Raises:
            OSError: the file cannot be read.
            ValueError: the file holds no word vectors.
        """
        try:
            found = read_arrays(path, "words", "vectors")
            return cls(array_texts(found["words"]), found["vectors"])
        except ValueError as error:
            raise ValueError(f"{path} holds no word vectors: {error}") from error


@cache
def load_vectors() -> WordVectors:
    """The vectors that ship with citegraph; they are read once."""
    return WordVectors.load(_PATH)


def name_vector(doc: Doc, spans: Sequence[Span]) -> NDArray[np.float32]:
    """Mean word vectors of a name, of the words before it and of those after it, and whether the name has one itself.

    Args:
        doc: the paper.
        spans: all mentions of the name, of which the first gives its own words.

    Returns:
        Shape (3 * width + 1,): the three means times `_SCALE`, then 1 where the name's own words have a vector, else 0.
    """
    vectors = load_vectors()
    name = vectors.mean(token.lower_ for token in spans[0])
    before = vectors.mean(t.lower_ for span in spans for t in doc[max(0, span.start - _NEAR) : span.start])
    after = vectors.mean(t.lower_ for span in spans for t in doc[span.end : span.end + _NEAR])
    known = np.full(1, name.any() / _SCALE, np.float32)
    return _SCALE * np.concatenate([name, before, after, known])
