"""Reads JSON records one by one: JSON Lines, arrays, API pages that hold an array, concatenated objects.

Only the current record is in memory, and a record that is not valid JSON does not affect the others. (An event parser
would give up the rest of an array at the first NaN, which pandas writes.)
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from kg.sources.problems import MAX_LINE, NOT_UTF8, NOT_UTF8_MESSAGE, Problem

PAGES = ("results", "data", "notes", "papers", "works", "records", "items", "recommendedPapers")
"""Fields in which API pages hold their array of records; an object with a title or id is a record instead."""

_OWN = {"id", "title"}
_SAMPLE = 20
_DECODER = json.JSONDecoder()
# Used where Python refuses to convert an integer because it has too many digits.
_LENIENT = json.JSONDecoder(parse_int=float)
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:\s*', re.DOTALL)
_IN_STRING = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_PLAIN = re.compile(r'[^"\[\]{}]*')
_PLAIN_BUT_COMMA = re.compile(r'[^"\[\]{},]*')


class _Text(Protocol):
    @property
    def text(self) -> str: ...


class _Input(Protocol):
    """The part of `kg.sources.streams.Source` that is used here."""

    @property
    def file(self) -> str: ...

    @property
    def head(self) -> _Text: ...

    def lines(self) -> Iterator[bytes]: ...

    def chunks(self) -> Iterator[bytes]: ...


def values(source: _Input) -> Iterator[tuple[int, Any] | Problem]:
    """Yields each record with the line on which it begins, from 1, and a problem for what is not JSON."""
    text = source.head.text
    return _lines(source.lines(), source.file) if _is_lines(text) else _Document(source).values()


def sample(text: str) -> Iterator[dict[str, Any]]:
    """The first objects in the beginning of a file; of an object that is cut off, its complete fields."""
    if _is_lines(text):
        lines = text.split("\n", _SAMPLE)[:_SAMPLE]
        found = [value for line in lines for value in _objects(_parsed(line))]
        yield from found or _objects(_begun(text, text.find("{"))[0])
        return
    if not re.match(r"[\s\ufeff]*[\[{]", text):
        return
    at = _page(text) or 0
    for _ in range(_SAMPLE):
        at = text.find("{", at)
        if at < 0:
            return
        value, at = _begun(text, at)
        yield from _objects(value)


def no_records(text: str) -> bool:
    """Whether a text is a complete document without records: an empty array, or a page with an empty array."""
    try:
        value = _decoded(text)
    except (ValueError, RecursionError):
        return False
    return value == [] or (isinstance(value, dict) and not _OWN & value.keys() and [] in map(value.get, PAGES))


def _is_lines(text: str) -> bool:
    """Whether the file looks like JSON Lines, judged by its beginning."""
    lines = [line for line in text.lstrip("\ufeff").split("\n") if line.strip()]
    if not lines or lines[0].lstrip().startswith("["):
        return False
    if _parsed(lines[0]) is not None:
        return True
    if lines[0].startswith("{"):
        if _page(text) is not None or not lines[0][1:].strip():
            return False
        return len(lines) == 1 or any(_parsed(line) is not None for line in lines[1:])
    return 2 * sum(_parsed(line) is not None for line in lines[:_SAMPLE]) >= len(lines[:_SAMPLE])


def _parsed(line: str) -> object:
    """The object on a line, or None if it holds none."""
    if not line.startswith("{"):
        return None
    try:
        return _decoded(line)
    except (ValueError, RecursionError):
        return None


def _page(text: str) -> int | None:
    """Offset of the first record in a page's array, just after its bracket, or None if this is not a page."""
    at = len(_blank(text, 0))
    if not text.startswith("{", at):
        return None
    at += 1
    while key := _KEY.match(text, at + len(_blank(text, at))):
        if key[1] in PAGES and text.startswith("[", key.end()):
            return key.end() + 1
        if key[1] in _OWN:
            return None
        try:
            _, at = _DECODER.raw_decode(text, key.end())
        except (ValueError, RecursionError):
            return None
    return None


def _begun(text: str, at: int) -> tuple[dict[str, Any], int]:
    """The object that starts at an offset, as far as it is complete, and the offset of its end."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        at += 1
    fields: dict[str, Any] = {}
    while key := _KEY.match(text, at + len(_blank(text, at))):
        try:
            fields[key[1]], at = _DECODER.raw_decode(text, key.end())
        except (ValueError, RecursionError):
            fields[key[1]] = _CUT.get(text[key.end() : key.end() + 1])
            break
    return fields, len(text)


# Placeholders for a value that is cut off, by its first character.
_CUT: dict[str, Any] = {'"': "…", "[": [], "{": {}}


def _blank(text: str, at: int) -> str:
    found = _BETWEEN.match(text, at)
    return found.group() if found else ""


def _objects(value: object) -> Iterator[dict[str, Any]]:
    return (record for record in records(value) if isinstance(record, dict))


def records(value: object) -> Iterator[Any]:
    """The records in a value: the elements of a page's array, else the value itself."""
    if isinstance(value, dict) and not _OWN & value.keys():
        for name in PAGES:
            if isinstance(value.get(name), list):
                yield from value[name]
                return
    yield value


def _decoded(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return _LENIENT.decode(text)


def _lines(lines: Iterable[bytes], file: str) -> Iterator[tuple[int, Any] | Problem]:
    number, inside = 0, False
    for line in lines:
        continued, inside = inside, len(line) >= MAX_LINE and not line.endswith(b"\n")
        if continued:
            continue
        number += 1
        if inside:
            yield Problem(file, number, f"line of more than {MAX_LINE >> 20} MiB, left out")
        elif line.strip():
            try:
                value = _decoded(line.decode("utf-8"))
            except UnicodeDecodeError as error:
                yield Problem(file, number, f"not UTF-8 (byte {error.start + 1} of the line), left out")
            except (ValueError, RecursionError) as error:
                yield Problem(file, number, f"{_complaint(error)}, left out")
            else:
                yield from ((number, record) for record in records(value))


def _complaint(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg}, column {error.colno})"
    return "JSON that is nested too deeply" if isinstance(error, RecursionError) else f"not JSON ({error})"


class _Document:
    """A JSON document that is read in pieces; keeps the current record's text and the position in it."""

    def __init__(self, source: _Input) -> None:
        self._file = source.file
        self._chunks = source.chunks()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False
        self._not_utf8: list[Problem] = []
        self._cut = 0
        """Line on which an incomplete last record begins, or 0."""

    def values(self) -> Iterator[tuple[int, Any] | Problem]:
        """Yields each record with the line on which it begins, from 1, and a problem for what is not JSON."""
        self._more()
        page = _page(self._text)
        in_page = in_array = page is not None
        self._pass(page or 0)
        while character := self._next():
            if character == "[" and not in_array and not in_page:
                in_array = True
                self._pass(1)
            elif character == "]":
                in_array = False
                self._pass(1)
            elif character == "}":
                in_page = in_array = False
                self._pass(1)
            elif in_page and not in_array:
                self._element()
            else:
                yield from self._value()
            yield from self._not_utf8
            self._not_utf8.clear()
        if in_array or in_page or self._cut:
            message = "ends in the middle of the JSON document; what was complete has been read"
            yield Problem(self._file, self._cut or self._line, message, whole=True)

    def _value(self) -> Iterator[tuple[int, Any] | Problem]:
        line = self._line
        try:
            value, end = _DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError):
            end = 0
        # A number at the end of what has been read may go on.
        if end and (end < len(self._text) or self._ended):
            self._pass(end - self._at)
        else:
            text = self._element()
            if text is None:
                yield Problem(self._file, line, f"a record of more than {MAX_LINE >> 20} MiB, left out")
                return
            try:
                value = _decoded(text)
            except (ValueError, RecursionError) as error:
                if self._ended and self._at == len(self._text):
                    self._cut = line
                else:
                    yield Problem(self._file, line, f"{_complaint(error)}, record left out")
                return
        yield from ((line, record) for record in records(value))

    def _element(self) -> str | None:
        """Skips to the end of the current element and returns its text, or None if it is too long for a record."""
        depth, offset, quoted, long = 0, 0, False, False
        while True:
            character, offset = self._mark(offset, depth, quoted)
            if not character:
                if offset > MAX_LINE:
                    self._pass(offset)
                    offset, long = 0, True
                if not self._more():
                    break
            elif depth == 0 and character in ",]}":
                break
            else:
                offset += 1
                quoted = character == '"' and not quoted
                depth += (character in "[{") - (character in "]}")
                if depth == 0 and character in "]}":
                    break
        text = self._text[self._at : self._at + offset]
        self._pass(offset)
        return None if long else text

    def _mark(self, offset: int, depth: int, quoted: bool) -> tuple[str, int]:
        """The next structural character and its offset; an empty text where more must be read first."""
        start = self._at + offset
        pattern = _IN_STRING if quoted else _PLAIN if depth else _PLAIN_BUT_COMMA
        found = pattern.match(self._text, start)
        end = found.end() if found else start
        character = self._text[end : end + 1]
        return ("" if character == "\\" else character), end - self._at

    def _next(self) -> str:
        """The next character that is neither white space nor a comma, or an empty text at the end."""
        while True:
            self._pass(len(_blank(self._text, self._at)))
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _pass(self, characters: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + characters)
        self._at += characters

    def _more(self) -> bool:
        """Reads the next piece and drops what was skipped; returns whether there was more."""
        chunk = b"" if self._ended else next(self._chunks, b"")
        piece = "" if self._ended else self._decoder.decode(chunk, final=not chunk)
        self._ended = not chunk
        if NOT_UTF8.search(piece):
            begun = self._line + self._text.count("\n", self._at)
            bad = (number for number, line in enumerate(piece.split("\n"), begun) if NOT_UTF8.search(line))
            self._not_utf8 += (Problem(self._file, number, NOT_UTF8_MESSAGE) for number in bad)
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(chunk or piece)
