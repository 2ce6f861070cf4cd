"""Records of papers, and what extraction found in them.

`Extraction` in JSON is the contract of `kg extract`: the record's own fields, then what was found.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from kg.schema.graph_types import ENTITY_LABELS, RELATIONS

TextField = Literal["title", "abstract"]
EntityType = Literal["Benchmark", "Dataset", "Model", "Method"]
RelationType = Literal["INTRODUCES", "EVALUATES_ON", "TRAINS_ON", "EVALUATES", "COMPARES_WITH", "USES", "MENTIONS"]
PaperKind = Literal["article", "chapter", "book", "proceedings", "thesis", "report"]
LinkKind = Literal["code", "model", "dataset", "page"]


class Record(BaseModel):
    """Base of all records: immutable, unknown fields ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Paper(Record):
    """A record of a paper: what one source says of it."""

    id: str = Field(min_length=1, description="the input record's own id, else the paper's key")
    title: str = Field(min_length=1)
    abstract: str = ""
    year: int | None = None
    published: str | None = Field(None, description="ISO 8601 date, as far as known")
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organizations: tuple[str, ...] = ()
    url: str | None = None
    arxiv_id: str | None = Field(None, description="without version")
    doi: str | None = None
    ids: tuple[str, ...] = Field((), description="its ids in other sources, each `scheme:id` (kg.text.keys.work_id)")
    venue: str | None = Field(None, description="journal, proceedings or conference, as the source writes it")
    venue_year: int | None = Field(None, description="of the conference or the issue, where the source tells it apart")
    kind: PaperKind | None = Field(None, description="where the source says it")
    categories: tuple[str, ...] = Field((), description="the source's subject classes, such as cs.CL")
    repositories: tuple[str, ...] = Field((), description="addresses of its own code, from a field of their own")
    upvotes: int | None = None
    references: tuple[str, ...] = Field(
        (), description="the papers that it cites, each an id, a URL or a title, or an id and, behind a tab, its title"
    )
    source: str | None = Field(None, description="the format that it was read from")

    def __repr__(self) -> str:
        """Id, title and year."""
        return f"<{type(self).__name__} {self.id}: {self.title}{f' ({self.year})' if self.year else ''}{self._more()}>"

    def __str__(self) -> str:
        """The same."""
        return repr(self)

    def _more(self) -> str:
        return ""


class Mention(Record):
    """A stretch of text that names an entity; `text` is exactly `field[start:end]`."""

    text: str
    field: TextField
    start: int
    end: int


class Relation(Record):
    """What the paper does with an entity, and the sentence that says so."""

    type: RelationType
    instead: RelationType | None = Field(
        None, description="of INTRODUCES: the relation that holds if another paper introduced the entity"
    )
    confidence: float = Field(ge=0, le=1)
    by: str = Field(description="the rule or model that found it")
    evidence: str
    field: TextField
    start: int
    end: int


class Entity(Record):
    """A named thing found in a paper; its name has blanks where its mentions have line ends."""

    name: str
    type: EntityType
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]


class AddressedTask(Record):
    """A research task that the paper addresses, and the sentence that says so."""

    task: str
    confidence: float = Field(ge=0, le=1)
    by: str = Field(description="the rule or model that found it")
    evidence: str
    field: TextField
    start: int
    end: int


class Link(Record):
    """A URL in the text; `own` is false if it leads to somebody else's work."""

    url: str
    kind: LinkKind
    own: bool = True


class Result(Record):
    """One figure on a named benchmark; `value` is exactly `field[start:end]`, but for the sign of a gain or drop."""

    model: str = ""
    benchmark: str
    metric: str = ""
    value: str
    field: TextField
    start: int
    end: int


class Extraction(Paper):
    """A paper and all that was found in its title and abstract."""

    entities: tuple[Entity, ...] = ()
    tasks: tuple[str, ...] = Field((), description="research tasks that it addresses, the most probable first")
    addresses: tuple[AddressedTask, ...] = Field((), description="the same tasks, each with its evidence")
    links: tuple[Link, ...] = ()
    results: tuple[Result, ...] = ()
    pipeline: str | None = Field(None, description="name and version of the pipeline that made it")

    def _more(self) -> str:
        return f", {len(self.entities)} entities, {len(self.results)} results"


# The literal types above and the schema say the same; a mismatch is a programming error found at import.
assert EntityType.__args__ == ENTITY_LABELS and RelationType.__args__ == RELATIONS  # type: ignore[attr-defined]
