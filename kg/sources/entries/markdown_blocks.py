"""The blocks of a text in Markdown that may hold papers: headings, paragraphs, items of lists, tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from kg.sources.entries.runs import TextRun, cells_of, markdown, runs_of_markdown, runs_of_tokens


@dataclass(slots=True)
class Heading:
    """A heading; its level is 1 to 6."""

    line: int | None
    level: int
    runs: list[TextRun]


@dataclass(slots=True)
class Paragraph:
    """A paragraph outside of lists."""

    line: int | None
    runs: list[TextRun]


@dataclass(slots=True)
class Item:
    """An item of a list, with the items of the lists within it."""

    line: int | None
    runs: list[list[TextRun]] = field(default_factory=list)
    """The runs of its own paragraphs."""
    items: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class MarkdownTable:
    """A table; each row has its line and the runs of its cells, which may be more than those of the header."""

    line: int | None
    header: list[list[TextRun]]
    rows: list[tuple[int | None, list[list[TextRun]]]]


@dataclass(slots=True)
class Other:
    """Code or HTML: its text."""

    line: int | None
    text: str
    html: bool


Block = Heading | Paragraph | Item | MarkdownTable | Other


def blocks(text: str, first_line: int = 1) -> list[Block]:
    """The blocks of a text; the items of lists one by one, each with those within it."""
    return list(_Walk(markdown().parse(text), text.split("\n"), first_line).blocks())


class _Walk:
    """A walk over the tokens of a Markdown parser."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> None:
        self._tokens = tokens
        self._lines = lines
        self._at = 0
        self._first = first_line

    def blocks(self) -> Iterator[Block]:
        """The blocks up to the end."""
        while self._at < len(self._tokens):
            token = self._next()
            match token.type:
                case "heading_open":
                    yield Heading(self._line(token), int(token.tag[1:]), self._inline())
                case "paragraph_open":
                    yield Paragraph(self._line(token), self._inline())
                case "list_item_open":
                    yield self._item(token)
                case "table_open":
                    yield self._table(token)
                case "code_block" | "fence" | "html_block":
                    yield Other(self._line(token), token.content, token.type == "html_block")

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _line(self, token: Token) -> int:
        return self._first + (token.map[0] if token.map else 0)

    def _inline(self) -> list[TextRun]:
        return runs_of_tokens(self._next().children or ())

    def _item(self, opening: Token) -> Item:
        item = Item(self._line(opening))
        while (token := self._next()).type != "list_item_close" or token.level != opening.level:
            if token.type == "inline":
                item.runs.append(runs_of_tokens(token.children or ()))
            elif token.type == "list_item_open":
                item.items.append(self._item(token))
        return item

    def _table(self, opening: Token) -> MarkdownTable:
        table = MarkdownTable(self._line(opening), [], [])
        row: list[list[TextRun]] = []
        in_head, line = False, 0
        while (token := self._next()).type != "table_close":
            match token.type:
                case "thead_open" | "thead_close":
                    in_head = token.nesting == 1
                case "tr_open":
                    row, line = [], self._line(token)
                case "inline":
                    row.append(runs_of_tokens(token.children or ()))
                case "tr_close" if in_head:
                    table.header = row
                case "tr_close":
                    # The parser drops what stands behind the last column.
                    cells = cells_of(self._lines[line - self._first])
                    row = row if len(cells) <= len(table.header) else [runs_of_markdown(cell) for cell in cells]
                    table.rows.append((line, row))
        return table
