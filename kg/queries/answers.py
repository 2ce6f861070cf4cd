"""The types of answers; the documentation of the HTTP API is made from them."""

from html import escape
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, SerializerFunctionWrapHandler, model_serializer

if TYPE_CHECKING:
    import pandas
    import polars

Rows = list[dict[str, Any]]

_SHOWN_ROWS = 10
_SHOWN_WIDTH = 48
_SHOWN_LINE = 160
"""Rows, characters of a column and of a line when an answer is printed."""


class _Question(BaseModel):
    question: str = Field(description="the question as it was asked")
    understood: str = Field(description="what the question was taken to mean")
    query: str = Field(description="name of the query that answers it")


class Answer(BaseModel):
    """Rows, and the statement that gave them."""

    cypher: str = Field(description="the statement that ran")
    parameters: dict[str, Any] = Field(description="values of its parameters")
    columns: list[str] = Field(description="the columns in order")
    rows: Rows = Field(description="the rows by column")
    truncated: bool = Field(description="whether there are more rows than these")
    note: str | None = Field(default=None, description="what one should know of the rows, such as what they leave out")

    @model_serializer(mode="wrap")
    def _without_empty_note(self, content: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Its fields; `note` only where there is one, as most answers need none."""
        found: dict[str, Any] = content(self)
        if found.get("note", "") is None:
            del found["note"]
        return found

    def to_polars(self) -> "polars.DataFrame":
        """The rows as a polars table; a column's type is the one that all of its values have."""
        import polars

        columns = {name: [row[name] for row in self.rows] for name in self.columns}
        return polars.DataFrame({name: polars.Series(name, values, strict=False) for name, values in columns.items()})

    def to_pandas(self) -> "pandas.DataFrame":
        """The rows as a pandas table.

        Raises:
            ImportError: pandas is not installed; citegraph does not need it.
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: pip install 'citegraph[pandas]'") from error
        return pandas.DataFrame(self.rows, columns=self.columns)

    def __repr__(self) -> str:
        """How many rows there are, and of what."""
        return f"<{type(self).__name__}: {self._count()} of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        """The first rows as a table, and how many there are."""
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False)
        for name in self.columns:
            table.add_column(Text(name), no_wrap=True, overflow="ellipsis", max_width=_SHOWN_WIDTH)
        for row in self.rows[:_SHOWN_ROWS]:
            table.add_row(*(Text(_one_line(row[name])) for name in self.columns))
        console = Console(width=_SHOWN_LINE, color_system=None)
        with console.capture() as capture:
            console.print(table)
        lines = [line.rstrip() for line in capture.get().splitlines()]
        notes = [self.note] if self.note else []
        return "\n".join([*lines, *(["…"] if len(self.rows) > _SHOWN_ROWS else []), self._count(), *notes])

    def _repr_html_(self) -> str:
        """The first rows as a table in a notebook; what the rows hold is shown as text."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        cells = (
            "".join(f"<td>{escape(_one_line(row[name]))}</td>" for name in self.columns)
            for row in self.rows[:_SHOWN_ROWS]
        )
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{self._count()}</p>"

    def _count(self) -> str:
        return f"{len(self.rows):,} row{'s' if len(self.rows) != 1 else ''}{', and more' if self.truncated else ''}"


def _one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


class Asked(Answer, _Question):
    """The answer to a question in English."""


class Explained(BaseModel):
    """How an engine would run a statement."""

    engine: str = Field(description="ladybug or neo4j")
    statement: str = Field(description="the statement in the engine's own Cypher")
    parameters: dict[str, Any] = Field(description="values of its parameters")
    plan: str = Field(description="the engine's plan, in lines of text")


class PlanAnswer(Answer):
    """A plan as an answer: its rows are the lines of the plan."""

    explained: Explained = Field(exclude=True, description="the same plan as a whole")


class Found(BaseModel):
    """A node that has a name."""

    id: str = Field(description="key of the node")
    label: str = Field(description="type of the node")
    name: str = Field(description="its name or title")
    papers: int | None = Field(default=None, description="number of papers with a relation to it, if it is an entity")


class Declared(BaseModel):
    """A parameter or a column of a named query."""

    name: str = Field(description="its name")
    kind: str = Field(description="what it holds: string, integer, number, boolean, strings, or node")
    doc: str = Field(description="what it means")


class NamedQuery(BaseModel):
    """A named query."""

    name: str = Field(description="its name")
    answers: str = Field(description="what it answers")
    parameters: list[Declared] = Field(description="its parameters")
    columns: list[Declared] = Field(description="columns of its rows")
    example: dict[str, Any] = Field(description="values of its parameters")
    cypher: str = Field(description="the statement")


class Neighbourhood(BaseModel):
    """A part of the graph around a node."""

    nodes: Rows = Field(description="id, label and properties; the node asked for comes first")
    edges: Rows = Field(description="source, target, type and properties")
    truncated: bool = Field(description="whether edges were left out")


class Details(BaseModel):
    """A node with what is known of it; lists that do not apply to its type are empty."""

    id: str = Field(description="key of the node")
    label: str = Field(description="type of the node")
    name: str = Field(description="its name or title")
    properties: dict[str, Any] = Field(description="its properties")
    authors: list[str] = Field(default=[], description="of a paper: names in the paper's order")
    organizations: list[str] = Field(default=[], description="of a paper")
    venues: list[str] = Field(default=[], description="of a paper: where it was published, with the year where known")
    categories: list[str] = Field(default=[], description="of a paper: subject classes")
    tasks: list[str] = Field(default=[], description="of a paper: research tasks")
    repositories: Rows = Field(default=[], description="of a paper, or of the papers that introduce an entity")
    entities: Rows = Field(default=[], description="of a paper: entities with relation and evidence")
    results: Rows = Field(default=[], description="figures that a paper reports, or that are reported on a benchmark")
    citing: Rows = Field(default=[], description="papers that cite the paper, or one that introduces the entity")
    relations: dict[str, int] = Field(default={}, description="of an entity: number of papers by relation")
    introduced_by: Rows = Field(default=[], description="of an entity: papers that introduce it")
    variants: Rows = Field(default=[], description="of an entity: its variants, and what it is a variant of")
    papers: Rows = Field(default=[], description="of any other node: its papers, newest first")
