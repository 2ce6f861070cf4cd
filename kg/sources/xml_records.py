"""Reads records from XML one by one: of a document of any length only the current record is held."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from kg.sources.head import Head
from kg.sources.problems import MAX_LINE, Problem
from kg.sources.streams import Source

_ELEMENT = 64
"""What an element counts towards the longest record, beside its text."""
_DEEPEST = 200
"""Elements around a record; documents do not go so deep, and what is around is held."""
_LONGEST_ENTITY = 2
"""Longest text in characters that an entity may stand for, so that no text grows beyond what is in the file."""
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]{1,100}:)?([\w.-]{1,100})[\s/>]")


class Around(NamedTuple):
    """The tag and attributes of an element that a record is in."""

    tag: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class XmlRecord:
    """An element with all that is in it, the line on which it begins, from 1, and the elements around it.

    Names of elements and attributes have no namespace.
    """

    line: int
    element: Element
    around: tuple[Around, ...]


def xml_root(head: Head) -> str:
    """The name of a document's outermost element, without namespace; empty if it is no XML."""
    text = head.text
    at = 1 if text.startswith("\ufeff") else 0
    while found := _BEFORE_ROOT.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return root[1] if root else ""


def xml_records(source: Source, names: Collection[str]) -> Iterator[XmlRecord | Problem]:
    """Yields each element that has one of these names, but for those within another.

    No other file is read, and entities are refused that stand for more than a character. Broken or refused XML ends the
    reading with one problem, after the records before it.

    Args:
        source: the file.
        names: names of elements, without namespace.
    """
    collector = _Collector(names)
    # A stream that was converted is UTF-8, whatever the XML declaration says.
    parser = _Parser(collector, "utf-8" if source.transcoded else None)
    collector.parser = parser.parser
    told: set[str] = set()
    for chunk in chain(source.chunks(), [b""]):
        broken = parser.broken_by(chunk)
        for line, record in collector.taken():
            yield record or Problem(source.file, line, f"a record of more than {MAX_LINE >> 20} MiB, left out")
        for name, line in parser.unknown.items():
            if name not in told:
                told.add(name)
                yield Problem(source.file, line, f"nothing says what &{name}; stands for; kept as it is written")
        parser.unknown.clear()
        if broken:
            message = f"{broken}; the rest of the file is left out"
            yield Problem(source.file, collector.begun or parser.parser.CurrentLineNumber, message, whole=True)
            return


def inner_text(element: Element | None) -> str | None:
    """The text of an element and of all elements in it, without line breaks; None if there is none."""
    if element is None:
        return None
    text = "".join(element.itertext())
    if "\n" in text:
        text = " ".join(filter(None, map(str.strip, text.split("\n"))))
    return text.strip() or None


def inner_texts(element: Element, path: str) -> list[str]:
    """The texts of all elements at a path that have some."""
    return [text for each in element.findall(path) if (text := inner_text(each))]


def fields_of(element: Element, several: Collection[str] = ()) -> dict[str, Any]:
    """The texts of an element's children by their names: a list of those named in `several`, else the first."""
    fields: dict[str, Any] = {}
    for child in element:
        text = inner_text(child)
        if text and child.tag in several:
            fields.setdefault(child.tag, []).append(text)
        elif text:
            fields.setdefault(child.tag, text)
    return fields


class _TooDeepError(ValueError):
    """More elements are nested than in any document."""


class _Parser(DefusedXMLParser):  # type: ignore[misc]
    """Refuses what makes a small file large or reads another; knows the named characters of HTML."""

    def __init__(self, target: "_Collector", encoding: str | None) -> None:
        super().__init__(target=target, encoding=encoding)
        self.unknown: dict[str, int] = {}
        """Names of entities that nothing declares, with their lines."""
        self.entity = _Characters(self)
        self._fed = 0

    def defused_entity_decl(
        self, name: str, is_parameter_entity: bool, value: str | None, base: str, sysid: str, pubid: str, notation: str
    ) -> None:
        """Called for each entity that the document declares."""
        # Parameter entities and external ones are declared in vain: the one kind is never resolved, the other refused.
        if value is not None and not is_parameter_entity and (len(value) > _LONGEST_ENTITY or "&" in value):
            raise EntitiesForbidden(name, value, base, sysid, pubid, notation)

    def broken_by(self, chunk: bytes) -> str | None:
        """Parses the next piece (an empty one at the end); returns what is wrong with it, or None."""
        try:
            if not chunk:
                self.close()
                return None
            self.feed(chunk)
        except ParseError as error:
            return f"not XML from here on ({error.msg})"
        except DefusedXmlException as error:
            return f"XML that is not safe to read ({type(error).__name__})"
        except _TooDeepError:
            return f"XML that is nested more than {_DEEPEST} elements deep"
        except (ValueError, LookupError) as error:
            return f"XML in an encoding that is not known ({error})"
        self._fed += len(chunk)
        if self._fed - self.parser.CurrentByteIndex > MAX_LINE:
            return f"a tag or comment of more than {MAX_LINE >> 20} MiB"
        return None


class _Characters(dict[str, str]):
    """The characters that entities stand for which only a document type declares elsewhere, such as DBLP's."""

    def __init__(self, parser: _Parser) -> None:
        super().__init__()
        self._parser = parser

    def __missing__(self, name: str) -> str:
        character = html.unescape(f"&{name};")
        if character.startswith("&"):
            self._parser.unknown.setdefault(name, self._parser.parser.CurrentLineNumber)
        return character


class _Collector:
    """Builds the records of a document while it is parsed."""

    def __init__(self, names: Collection[str]) -> None:
        self.parser: Any = None
        self.begun = 0
        """The line on which the current record begins, or 0 outside of records."""
        self._names = names
        self._around: list[Around] = []
        self._records: list[tuple[int, XmlRecord | None]] = []
        self._builder: TreeBuilder | None = None
        self._depth = 0
        """Number of open elements from the record on; 0 outside of records."""
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called when an element begins."""
        name = tag.rpartition("}")[2]
        if not self._depth:
            if name not in self._names:
                if len(self._around) == _DEEPEST:
                    raise _TooDeepError
                self._around.append(Around(name, _plain(attributes)))
                return
            self.begun = self.parser.CurrentLineNumber
            self._builder, self._size = TreeBuilder(), 0
        self._depth += 1
        self._size += _ELEMENT + sum(map(len, attributes.values()))
        if self._fits():
            self._builder.start(name, _plain(attributes))  # type: ignore[union-attr]

    def data(self, text: str) -> None:
        """Called with each piece of text."""
        if self._depth:
            self._size += len(text)
            if self._fits():
                self._builder.data(text)  # type: ignore[union-attr]

    def end(self, tag: str) -> None:
        """Called when an element ends."""
        if not self._depth:
            self._around.pop()
            return
        if self._builder:
            self._builder.end(tag.rpartition("}")[2])
        self._depth -= 1
        if not self._depth:
            element = self._builder.close() if self._builder else None
            record = XmlRecord(self.begun, element, tuple(self._around)) if element is not None else None
            self._records.append((self.begun, record))
            self._builder, self.begun = None, 0

    def taken(self) -> list[tuple[int, XmlRecord | None]]:
        """The records completed since the last call, with the line of each; None for one that is too long."""
        records, self._records = self._records, []
        return records

    def _fits(self) -> bool:
        """Whether the record is still short enough; one that is not is given up."""
        if self._size > MAX_LINE:
            self._builder = None
        return self._builder is not None


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their names without namespace."""
    return {name.rpartition("}")[2]: value for name, value in attributes.items()} if attributes else attributes
