"""Functions of texts."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import RefusedError
from kg.interpreter.arguments import length_of, number_of, text_of, wrong

_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680" + "".join(
    map(chr, (*range(0x2000, 0x2007), 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x205F, 0x3000))
)
"""What Java takes for white space: no space that forbids a line break is among it."""


def _changed(name: str, change: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A function of one text."""
    return lambda text: None if text is None else change(text_of(name, text))


def _trimmed(name: str, trim: Callable[[str, str], str]) -> Callable[..., Any]:
    """A function of a text, and of the characters that it takes away: white space where none are given."""

    def call(text: Any, *characters: Any) -> str | None:
        if text is None or None in characters:
            return None
        taken = text_of(name, characters[0]) if characters else _SPACES
        # To Python, no characters are white space.
        return trim(text_of(name, text), taken) if taken else text_of(name, text)

    return call


def _normalize(text: Any, form: Any = "NFC") -> str | None:
    """The text in a normal form of Unicode, which the parser has checked."""
    return None if text is None else unicodedata.normalize(form, text_of("normalize", text))


def _left(text: Any, length: Any) -> str | None:
    if text is None or length is None:
        return None
    # Of an empty text the length does not matter, but it is a number.
    if text == "" and number_of("left", length) is not None:
        return ""
    return text_of("left", text)[: length_of("left", _at_most(length, text))]


def _at_most(length: Any, text: Any) -> Any:
    """A length, but not more than the text's: a number of characters may be as large as one likes."""
    return min(length, len(text)) if type(length) is int and type(text) is str else length


def _right(text: Any, length: Any) -> str | None:
    if text is None or length is None:
        return None
    known = text_of("right", text)
    return known[max(0, len(known) - length_of("right", _at_most(length, text))) :]


def _substring(text: Any, start: Any, *length: Any) -> str | None:
    if text is None or start is None or None in length:
        return None
    if text == "" and all(number_of("substring", number) is not None for number in (start, *length)):
        return ""
    known = text_of("substring", text)
    first = length_of("substring", start)
    return known[first : first + length_of("substring", length[0])] if length else known[first:]


def _replace(text: Any, old: Any, new: Any) -> str | None:
    if text is None or old is None or new is None:
        return None
    return text_of("replace", text).replace(text_of("replace", old), text_of("replace", new))


def _split(text: Any, separators: Any) -> list[str] | None:
    """Splits at a text, or at any text of a list; an empty one stands between any two characters."""
    if text is None or separators is None:
        return None
    known = text_of("split", text)
    if type(separators) is not list:
        separator = text_of("split", separators)
        if not separator and any(character > "\uffff" for character in known):
            # Java splits a character beyond U+FFFF into two that are no text.
            raise RefusedError(
                "rule 'dialect': the embedded engine has no split() of such a text into characters: use substring()"
            )
        return known.split(separator) if separator else list(known) or [""]
    found = [re.escape(text_of("split", each)) for each in separators if each not in ("", None)]
    if None in separators:
        return None
    parts = [known]
    if found:
        parts = re.split("|".join(found), known)
    return [character for part in parts for character in part] or [""] if "" in separators else parts


def _characters(text: Any) -> int | None:
    return None if text is None else len(text_of("char_length", text))


def size(value: Any) -> int | None:
    """`size(value)`: items of a list, or characters of a text.

    Raises:
        NotUnderstoodError: it is something else.
    """
    if type(value) is list or type(value) is str:
        return len(value)
    if value is None:
        return None
    raise wrong("size", "a list or a text", value)


TEXT_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "toupper": _changed("toUpper", str.upper),
    "upper": _changed("upper", str.upper),
    "tolower": _changed("toLower", str.lower),
    "lower": _changed("lower", str.lower),
    "trim": _changed("trim", lambda text: text.strip(_SPACES)),
    "btrim": _trimmed("btrim", str.strip),
    "ltrim": _trimmed("ltrim", str.lstrip),
    "rtrim": _trimmed("rtrim", str.rstrip),
    "normalize": _normalize,
    "left": _left,
    "right": _right,
    "substring": _substring,
    "replace": _replace,
    "split": _split,
    "char_length": _characters,
    "character_length": _characters,
    "size": size,
}
"""By name in lower case."""
