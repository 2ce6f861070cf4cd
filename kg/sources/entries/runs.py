"""Text of an entry as runs: pieces with one link and one emphasis each."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text; a line break is a run of its own, `BREAK`."""

    text: str
    href: str | None = None
    strong: bool = False
    emphasis: bool = False


BREAK = TextRun("\n")

_TAG = re.compile(r"<(?P<end>/)?(?P<name>[a-z][a-z0-9]*)(?P<attributes>[^<>]*)>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\[\]\"'“”|*`，。；]+", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_BLANKS = re.compile(r"\s{2,}")
_DIVIDER = re.compile(r"(?:^|(?<=\s))[|•·](?=\s|$)")
_STRONG = {"b", "strong"}
_EMPHASIS = {"i", "em"}
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "tr", "td", "summary", "dt", "dd"}


@cache
def markdown() -> MarkdownIt:
    """The parser of Markdown: CommonMark and tables."""
    return MarkdownIt("commonmark").enable("table")


def cells_of(row: str) -> list[str]:
    """The cells of a row with bars between them, and perhaps at both ends; the blanks in them are kept."""
    cells = _BAR.split(row.strip().removeprefix("|"))
    cells = cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells
    return [cell.replace("\\|", "|") for cell in cells]


def runs_of_markdown(text: str) -> list[TextRun]:
    """The runs of a line or cell of Markdown."""
    return [run for token in markdown().parseInline(text) for run in runs_of_tokens(token.children or ())]


def runs_of_tokens(tokens: Iterable[Token]) -> list[TextRun]:
    """The runs of the inline tokens of a Markdown parser, without images."""
    writer = RunWriter()
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                writer.text(token.content)
            case "softbreak" | "hardbreak":
                writer.line_break()
            case "link_open":
                writer.link(str(token.attrs.get("href", "")))
            case "link_close":
                writer.link_end()
            case "strong_open" | "strong_close":
                writer.strong += token.nesting
            case "em_open" | "em_close":
                writer.emphasis += token.nesting
            case "html_inline":
                writer.tag(token.content)
    return writer.runs


class RunWriter:
    """Collects runs from a parser's events."""

    def __init__(self) -> None:
        self.runs: list[TextRun] = []
        self.strong = 0
        """How many elements of strong emphasis are open."""
        self.emphasis = 0
        """How many elements of emphasis are open."""
        self._href: str | None = None
        self._linked = False

    def text(self, text: str) -> None:
        """Adds a text; addresses in it are links."""
        if self._href is not None:
            self._linked = True
            self._add(text, self._href)
            return
        end = 0
        for found in _ADDRESS.finditer(text):
            address = _trimmed(found[0])
            self._add(text[end : found.start()], None)
            self._add(address, address)
            end = found.start() + len(address)
        self._add(text[end:], None)

    def line_break(self) -> None:
        """Adds a line break."""
        self.runs.append(BREAK)

    def link(self, href: str) -> None:
        """Begins a link."""
        self._href, self._linked = href, False

    def link_end(self) -> None:
        """Ends a link; one without text, around an image, is kept with an empty text."""
        if self._href is not None and not self._linked:
            self.runs.append(TextRun("", self._href))
        self._href = None

    def tag(self, tag: str) -> None:
        """Begins or ends an element of HTML."""
        found = _TAG.match(tag)
        if not found:
            return
        name, step = found["name"].lower(), -1 if found["end"] else 1
        if name in _STRONG:
            self.strong = max(self.strong + step, 0)
        elif name in _EMPHASIS:
            self.emphasis = max(self.emphasis + step, 0)
        elif name in _BREAKS:
            self.line_break()
        elif name == "a" and step < 0:
            self.link_end()
        elif name == "a" and (href := _HREF.search(found["attributes"])):
            self.link(html.unescape(href[1]))

    def _add(self, text: str, href: str | None) -> None:
        if text:
            self.runs.append(TextRun(text, href, self.strong > 0, self.emphasis > 0))


def _trimmed(address: str) -> str:
    """An address without the punctuation behind it."""
    while address and (address[-1] in ".,;:!?'" or (address[-1] == ")" and address.count("(") < address.count(")"))):
        address = address[:-1]
    return address


def plain_text(runs: Iterable[TextRun]) -> str:
    """The text of runs, line breaks as blanks."""
    return " ".join("".join(" " if run is BREAK else run.text for run in runs).split())


def lines_of(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """The runs of each line that is not blank; a bar between blanks ends a line too."""
    lines: list[list[TextRun]] = [[]]
    for run in runs:
        if run is BREAK:
            lines.append([])
            continue
        text = _BLANKS.sub(" ", run.text)
        first, *others = _DIVIDER.split(text) if run.href is None else [text]
        lines[-1].append(run if first == run.text else replace(run, text=first))
        lines += [[replace(run, text=other)] for other in others]
    return [line for line in lines if any(run.text.strip() or run.href is not None for run in line)]
