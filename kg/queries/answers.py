"""What questions are answered with; the API's documentation is made from these types."""

from typing import Any

from pydantic import BaseModel, Field

Rows = list[dict[str, Any]]


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


class Asked(Answer, _Question):
    """The answer to a question in English."""


class Explained(BaseModel):
    """What an engine would do with a statement."""

    engine: str = Field(description="ladybug or neo4j")
    statement: str = Field(description="the statement in the engine's own Cypher")
    parameters: dict[str, Any] = Field(description="values of its parameters")
    plan: str = Field(description="the engine's plan, in lines of text")


class Found(BaseModel):
    """A node that has a name."""

    id: str = Field(description="key of the node")
    label: str = Field(description="type of the node")
    name: str = Field(description="its name or title")
    papers: int | None = Field(
        default=None, description="number of papers with a relation to it, where it is an entity"
    )


class Declared(BaseModel):
    """A parameter or a column of a named query."""

    name: str = Field(description="its name")
    kind: str = Field(description="what it holds: string, integer, number, boolean, strings, or node")
    doc: str = Field(description="what it means")


class NamedQuery(BaseModel):
    """A query that is kept under a name."""

    name: str = Field(description="its name")
    answers: str = Field(description="what it answers")
    parameters: list[Declared] = Field(description="what it is given")
    columns: list[Declared] = Field(description="what its rows hold")
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
    tasks: list[str] = Field(default=[], description="of a paper: research tasks")
    repositories: Rows = Field(default=[], description="of a paper, or of the papers that introduce an entity")
    entities: Rows = Field(default=[], description="of a paper: entities with relation and evidence")
    results: Rows = Field(default=[], description="figures that a paper reports, or that are reported on a benchmark")
    citing: Rows = Field(default=[], description="papers that cite the paper, or one that introduces the entity")
    relations: dict[str, int] = Field(default={}, description="of an entity: number of papers by relation")
    introduced_by: Rows = Field(default=[], description="of an entity: papers that introduce it")
    variants: Rows = Field(default=[], description="of an entity: its variants, and what it is a variant of")
    papers: Rows = Field(default=[], description="of any other node: its papers, newest first")
