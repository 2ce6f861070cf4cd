"""Atom feeds of arXiv's API."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers, unwrapped
from kg.sources.problems import MAX_LINE, Problem
from kg.sources.streams import Source

NAME = "arxiv-atom"
DESCRIPTION = "Atom feeds of arXiv (XML)"

# Feeds of new papers put this before the abstract.
_ANNOUNCED = re.compile(r"arXiv:\S+ Announce Type: \S+ +Abstract: ")
_ERROR = "arxiv.org/api/errors"


def _summary(record: Record) -> object:
    """The abstract alone."""
    text = unwrapped("summary")(record)
    return _ANNOUNCED.sub("", text, count=1) if isinstance(text, str) else text


FIELDS: Fields = {
    "id": ("id",),
    "title": (unwrapped("title"),),
    "abstract": (_summary,),
    "published": ("published",),
    "authors": ("author[].name", "creator"),
    "organizations": ("author[].affiliation",),
    "url": ("id",),
    "arxiv_id": ("id",),
    "doi": ("doi",),
}


def recognises(head: Head) -> Fit:
    """Certain if it is an Atom feed that names arXiv."""
    text = head.text.lstrip("\ufeff \t\r\n")
    feed = text.startswith("<") and "<feed" in text and "http://www.w3.org/2005/Atom" in text and "arxiv.org/" in text
    return Fit.CERTAIN if feed else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads entry by entry; XML entities and external references are refused; see `kg.sources.format.Format`.

    Broken XML ends the reading with one problem, after the entries before it.
    """
    feed = _Feed()
    # The stream was converted to UTF-8, whatever the XML declaration says.
    parser = DefusedXMLParser(target=feed, encoding="utf-8" if source.transcoded else None)
    feed.line = lambda: parser.parser.CurrentLineNumber
    for chunk in chain(source.chunks(), [b""]):
        broken = _broken(parser, chunk)
        for line, entry in feed.taken():
            if entry is None:
                yield Problem(source.file, line, f"an entry of more than {MAX_LINE >> 20} MiB, left out")
            elif _ERROR in entry.get("id", ""):
                yield Problem(source.file, line, f"arXiv answered with an error: {entry.get('summary', '').strip()}")
            else:
                yield from papers(entry, FIELDS, NAME, source, line)
        if broken:
            yield Problem(source.file, feed.last, f"{broken}; the rest of the file is left out", whole=True)
            return


def _broken(parser: Any, chunk: bytes) -> str | None:
    """Parses the next piece (an empty one at the end); returns what is wrong with it, or None."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except ParseError as error:
        return f"not XML from here on ({error.msg})"
    except DefusedXmlException as error:
        return f"XML that is not safe to read ({type(error).__name__})"
    except (ValueError, LookupError) as error:
        return f"XML in an encoding that is not known ({error})"
    return None


class _Feed:
    """Collects the entries of a feed while it is parsed."""

    def __init__(self) -> None:
        self.line: Callable[[], int] = int
        """Gives the parser's current line."""
        self.last = 1
        """The line on which the last element began."""
        self._entries: list[tuple[int, dict[str, Any] | None]] = []
        self._begun = 1
        self._entry: dict[str, Any] | None = None
        self._depth = 0
        """Depth within the entry: 1 for its fields, 2 for fields of its authors."""
        self._text: list[str] = []
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called when an element begins."""
        name = tag.rpartition("}")[2]
        self.last = self.line()
        if self._entry is None:
            if name == "entry":
                self._begun = self.last
                self._entry, self._depth, self._size, self._text = {"author": []}, 0, 0, []
            return
        self._depth += 1
        if self._depth == 1 and name == "author":
            self._entry["author"].append({})
        if self._depth <= 2:
            self._text = []

    def data(self, text: str) -> None:
        """Called with each piece of text."""
        if self._entry is not None:
            self._size += len(text)
            if self._size <= MAX_LINE:
                self._text.append(text)

    def end(self, tag: str) -> None:
        """Called when an element ends."""
        if self._entry is None:
            return
        name = tag.rpartition("}")[2]
        authors = self._entry["author"]
        if self._depth == 0:
            self._entries.append((self._begun, self._entry if self._size <= MAX_LINE else None))
            self._entry = None
        elif self._depth == 1 and name != "author":
            self._entry.setdefault(name, "".join(self._text))
        elif self._depth == 2 and authors:
            authors[-1].setdefault(name, "".join(self._text).strip())
        self._depth -= 1

    def taken(self) -> list[tuple[int, dict[str, Any] | None]]:
        """The entries completed since the last call, with the line of each; None for one that is too long."""
        entries, self._entries = self._entries, []
        return entries
