"""Reads JSON records one by one: JSON Lines, arrays, API pages that hold an array, objects of records by id.

Only the current record is in memory, and a record that is not valid JSON does not affect the others. (An event parser
would give up the rest of an array at the first NaN, which pandas writes.)
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from kg.sources.json_records_within import EVERY, Route, element_records, member, route, within
from kg.sources.problems import MAX_LINE, NOT_UTF8, NOT_UTF8_MESSAGE, Problem

_SAMPLE = 20
_DECODER = json.JSONDecoder()
# Used where Python refuses to convert an integer because it has too many digits.
_LENIENT = json.JSONDecoder(parse_int=float)
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_KEY = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"\s*:\s*', re.DOTALL)
_LONGEST_KEY = 1 << 16
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},]', re.DOTALL)
_HALF_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?$")
_DEEPEST = 50
"""How deep the beginning of a file is looked into."""
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
    return _lines(source.lines(), source.file) if _is_lines(text) else _Document(source, _first_route(text)).values()


def sample(text: str) -> Iterator[dict[str, Any]]:
    """The first objects in the beginning of a file; of an object that is cut off, its complete fields."""
    if _is_lines(text):
        lines = text.split("\n", _SAMPLE)[:_SAMPLE]
        found = [record for line in lines if (value := _parsed(line)) is not None for record in _objects(value)]
        yield from (found or list(_objects(_begun(text))))[:_SAMPLE]
    elif re.match(r"[\s\ufeff]*[\[{]", text):
        first = [record for record in _objects(_begun(text)) if record]
        yield from (first or list(_wherever(text)))[:_SAMPLE]


def no_records(text: str) -> bool:
    """Whether a text is a complete document without records: an empty array, or a page with an empty array."""
    try:
        value = _decoded(text)
    except (ValueError, RecursionError):
        return False
    return value == [] or (bool(route(value)) and next(within(value), None) is None)


def _is_lines(text: str) -> bool:
    """Whether the file looks like JSON Lines, judged by its beginning."""
    lines = [line for line in text.lstrip("\ufeff").split("\n") if line.strip()]
    if not lines or lines[0].lstrip().startswith("["):
        return False
    if _parsed(lines[0]) is not None:
        return True
    if lines[0].startswith("{"):
        if not lines[0][1:].strip() or _first_route(text):
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


def _first_route(text: str) -> Route:
    """The way to the records of the document that a text begins with."""
    return route(_begun(text))


def _begun(text: str) -> Any:
    """The value that a text begins with, as far as it is complete; None if it begins with none."""
    at = len(_blank(text, 0))
    try:
        return _DECODER.raw_decode(text, at)[0]
    except json.JSONDecodeError as error:
        # Of a text without end the error's place is where it begins.
        end = len(text) if error.msg.startswith("Unterminated") else error.pos
    except (ValueError, RecursionError):
        end = len(text)
    for completed in _completed(text, at, end):
        try:
            return _decoded(completed)
        except (ValueError, RecursionError):
            continue
    return None


def _completed(text: str, at: int, end: int) -> Iterator[str]:
    """A document that breaks off at `end`, closed there or, second, behind the last value that is whole."""
    closing: list[str] = []
    whole, rest = at, end
    for token in _TOKEN.finditer(text, at):
        found = token.group()
        if found[0] == '"':
            if token.end() > end or len(found) == 1 or not found.endswith('"'):
                yield _HALF_ESCAPE.sub("", text[at:rest]) + '"' + "".join(reversed(closing))
                break
            continue
        if token.start() >= end or len(closing) > _DEEPEST:
            break
        if found in "[{":
            closing.append("]" if found == "[" else "}")
        elif found in "]}":
            if not closing:
                break
            closing.pop()
        whole = token.start() if found == "," else token.end()
    yield text[at:whole] + "".join(reversed(closing))


def _wherever(text: str) -> Iterator[dict[str, Any]]:
    """The first objects that are whole, whatever stands between them."""
    at, found = 0, 0
    while found < _SAMPLE and (at := text.find("{", at)) >= 0:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            found += 1
        else:
            for record in _objects(value):
                found += 1
                yield record


def _blank(text: str, at: int) -> str:
    found = _BETWEEN.match(text, at)
    return found.group() if found else ""


def _objects(value: object) -> Iterator[dict[str, Any]]:
    found = (record for each in within(value) for record in element_records(each))
    return (record for record in found if isinstance(record, dict))


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
                yield from ((number, record) for record in within(value))


def _complaint(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg}, column {error.colno})"
    return "JSON that is nested too deeply" if isinstance(error, RecursionError) else f"not JSON ({error})"


class _Document:
    """A JSON document that is read in pieces; keeps the current record's text and the position in it."""

    def __init__(self, source: _Input, first: Route) -> None:
        """Takes the input, and the way to the records of its first value."""
        self._file = source.file
        self._chunks = source.chunks()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._first = first
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False
        self._open = 0
        """How many arrays and objects the position is within, those of a record not counted."""
        self._not_utf8: list[Problem] = []
        self._cut = 0
        """Line on which an incomplete last record begins, or 0."""

    def values(self) -> Iterator[tuple[int, Any] | Problem]:
        """Yields each record with the line on which it begins, from 1, and a problem for what is not JSON."""
        way = self._first
        while character := self._next():
            if character in "]}":
                self._pass(1)
            else:
                yield from self._along(way if character == "{" or way[:1] == (EVERY,) else (), ())
                # What follows is an array, or a value that is read as a whole.
                way = (EVERY,) if self._next() == "[" else ()
            yield from self._told()
        if self._open or self._cut:
            message = "ends in the middle of the JSON document; what was complete has been read"
            yield Problem(self._file, self._cut or self._line, message, whole=True)

    def _along(self, way: Route, keys: tuple[str, ...]) -> Iterator[tuple[int, Any] | Problem]:
        """The records of the value at the position, which `way` leads to."""
        character = self._next()
        if not way or character not in "[{" or (way[0] != EVERY and character != "{"):
            yield from self._value(keys)
            return
        self._pass(1)
        self._open += 1
        while (inner := self._next()) not in ("", "]", "}"):
            if character == "[":
                yield from self._along(way[1:], keys)
            elif inner != '"' or (key := self._key()) is None:
                yield from self._bad_member()
            elif way[0] == EVERY:
                yield from self._along(way[1:], (*keys, key))
            elif way[0] == key:
                yield from self._along(way[1:], keys)
            else:
                self._element()
            yield from self._told()
        if inner:
            self._open -= 1
            self._pass(1)

    def _told(self) -> Iterator[Problem]:
        yield from self._not_utf8
        self._not_utf8.clear()

    def _bad_member(self) -> Iterator[Problem]:
        line = self._line
        if self._element() and not (self._ended and self._at == len(self._text)):
            yield Problem(self._file, line, "not JSON (no name before a value), left out")

    def _key(self) -> str | None:
        """The name of the member at the position, and passes it and its colon; None if there is none."""
        while not (found := _KEY.match(self._text, self._at)):
            if len(self._text) - self._at > _LONGEST_KEY or not self._more():
                return None
        self._pass(found.end() - self._at)
        try:
            return str(json.loads(f'"{found[1]}"', strict=False))
        except ValueError:
            return found[1]

    def _value(self, keys: tuple[str, ...]) -> Iterator[tuple[int, Any] | Problem]:
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
        inner = (member(keys, value),) if keys else element_records(value) if self._open else within(value)
        yield from ((line, record) for record in inner)

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
