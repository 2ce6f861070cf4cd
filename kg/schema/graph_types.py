"""The schema of the graph as data: every type of node and edge with its properties.

Both engines' DDL, the validation of a projection and the API's types are derived from here.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

GRAPH_SCHEMA_VERSION = 3
"""Raised whenever a type, a property or its meaning changes: graphs of another version are refused and made again."""


class Kind(StrEnum):
    """What a property holds."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    STRINGS = "strings"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or an edge; any property but a node's `id` may be missing."""

    name: str
    kind: Kind
    doc: str


@dataclass(frozen=True, slots=True)
class NodeType:
    """A type of node. Its key is the property `id`, unique over the nodes of all types."""

    label: str
    doc: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of edge, and the pairs of node labels that it may join."""

    label: str
    doc: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()


ENTITY_LABELS = ("Benchmark", "Dataset", "Model", "Method")
DATA_LABELS = ("Benchmark", "Dataset")
SYSTEM_LABELS = ("Model", "Method")

_ID = Property("id", Kind.STRING, "key, unique over all nodes")
_NAME = Property("name", Kind.STRING, "canonical name")
_URL = Property("url", Kind.STRING, "web address")

_KEYS = Property("keys", Kind.STRINGS, "keys of its names, titles and ids, by which it is found")
_FORMER = Property("former", Kind.STRINGS, "ids that it, or a node that was merged into it, had in earlier builds")

_ENTITY = (
    _ID,
    _NAME,
    Property("type", Kind.STRING, "the node's label"),
    Property("aliases", Kind.STRINGS, "its other names, most frequent first"),
    _KEYS,
    Property("origin", Kind.STRING, "catalogue entry's source, 'extracted', or 'override' where a correction made it"),
    Property("papers", Kind.INTEGER, "number of papers with a relation to it"),
    _FORMER,
)

NODE_TYPES = (
    NodeType(
        "Paper",
        "A paper; `id` is its arXiv id, else its DOI, else title/ and its normalised title",
        (
            _ID,
            Property("title", Kind.STRING, "title as the fullest record gives it"),
            Property("abstract", Kind.STRING, "abstract"),
            Property("year", Kind.INTEGER, "year of first publication"),
            Property("published", Kind.STRING, "date, ISO 8601, as far as known"),
            _URL,
            Property("upvotes", Kind.INTEGER, "votes on the listing it came from"),
            Property("source", Kind.STRING, "where the record came from"),
            Property("first_seen", Kind.STRING, "when its first record was read, ISO 8601, UTC"),
            Property("stub", Kind.BOOLEAN, "true if it is known only because other papers cite it"),
            _KEYS,
            _FORMER,
        ),
    ),
    NodeType(
        "Author",
        "A name of persons, normalised; `groups` says how many people it may be",
        (
            _ID,
            _NAME,
            Property("aliases", Kind.STRINGS, "its other spellings, in alphabetical order"),
            Property(
                "groups", Kind.INTEGER, "number of groups of its papers without a common co-author or organisation"
            ),
            Property("largest", Kind.INTEGER, "number of papers in the largest group"),
            Property("keys", Kind.STRINGS, "keys of the ids of its other spellings, by which it is found"),
            Property("former", Kind.STRINGS, "ids of its other spellings"),
        ),
    ),
    NodeType("Organization", "An organisation, as the source names it", (_ID, _NAME)),
    NodeType(
        "Venue",
        "A series of conferences or workshops, or a journal; not one edition",
        (_ID, _NAME, Property("aliases", Kind.STRINGS, "its other names, the long form first"), _KEYS),
    ),
    NodeType("Category", "A subject class of a source, such as cs.CL", (_ID, _NAME)),
    NodeType("Benchmark", "What systems are evaluated on", _ENTITY),
    NodeType("Dataset", "A data collection that is only trained on or offered", _ENTITY),
    NodeType("Model", "A model, model family or architecture", _ENTITY),
    NodeType("Method", "A technique, algorithm, recipe or library", _ENTITY),
    NodeType(
        "Task",
        "A research task",
        (_ID, _NAME, Property("aliases", Kind.STRINGS, "its other names and acronyms"), _KEYS),
    ),
    NodeType("Repository", "A code repository: host/owner/name", (_ID, _NAME, _URL)),
    NodeType(
        "Result",
        "One reported figure",
        (
            _ID,
            Property("metric", Kind.STRING, "metric as written"),
            Property("value", Kind.STRING, "figure as written"),
            Property("number", Kind.NUMBER, "the figure as a number"),
            Property("unit", Kind.STRING, "unit as written, '%' for percent"),
            Property("relative", Kind.BOOLEAN, "a gain or drop rather than an absolute figure"),
            Property("evidence", Kind.STRING, "the sentence that states it"),
            Property("field", Kind.STRING, "title or abstract"),
            Property("start", Kind.INTEGER, "offset of the figure in the field, in characters"),
            Property("end", Kind.INTEGER, "offset after the figure"),
        ),
    ),
)

EVIDENCE = (
    Property("evidence", Kind.STRING, "the sentence"),
    Property("field", Kind.STRING, "title or abstract; none where a correction says so"),
    Property("start", Kind.INTEGER, "offset of the sentence in the field, in characters"),
    Property("end", Kind.INTEGER, "offset after the sentence"),
    Property("confidence", Kind.NUMBER, "0 to 1"),
    Property("by", Kind.STRING, "the rule or model that found it, or 'override' for a correction"),
)


def _pairs(sources: tuple[str, ...], targets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(product(sources, targets))


_PAPER = ("Paper",)

# The relations that extraction finds between a paper and an entity, in order of what says most.
RELATION_TYPES = (
    EdgeType("INTRODUCES", "proposes, presents or releases it", _pairs(_PAPER, ENTITY_LABELS), EVIDENCE),
    EdgeType("EVALUATES_ON", "reports an evaluation on it", _pairs(_PAPER, DATA_LABELS), EVIDENCE),
    EdgeType("TRAINS_ON", "trains on it or derives something from it", _pairs(_PAPER, DATA_LABELS), EVIDENCE),
    EdgeType("EVALUATES", "makes it the object of study", _pairs(_PAPER, SYSTEM_LABELS), EVIDENCE),
    EdgeType("COMPARES_WITH", "takes it as a baseline or rival", _pairs(_PAPER, SYSTEM_LABELS), EVIDENCE),
    EdgeType("USES", "builds on it or applies it", _pairs(_PAPER, ENTITY_LABELS), EVIDENCE),
    EdgeType("MENTIONS", "names it as background only", _pairs(_PAPER, ENTITY_LABELS), EVIDENCE),
)
RELATIONS = tuple(edge.label for edge in RELATION_TYPES)

EDGE_TYPES = (
    *RELATION_TYPES,
    EdgeType("ADDRESSES", "addresses the research task", (("Paper", "Task"),), EVIDENCE),
    EdgeType("HAS_CODE", "the paper's own code", (("Paper", "Repository"),)),
    EdgeType("LINKS_TO", "any other repository it points to", (("Paper", "Repository"),)),
    EdgeType("REPORTS", "reports the figure", (("Paper", "Result"),)),
    EdgeType("OF", "the figure is of this system", _pairs(("Result",), SYSTEM_LABELS)),
    EdgeType("ON", "the figure is on this benchmark", _pairs(("Result",), DATA_LABELS)),
    EdgeType(
        "CITES",
        "cites the other paper",
        (("Paper", "Paper"),),
        (
            Property("inferred", Kind.BOOLEAN, "true where it uses what the other introduces, without a reference"),
            Property("confidence", Kind.NUMBER, "0 to 1, where it is inferred"),
        ),
    ),
    EdgeType("VARIANT_OF", "is a version, size or descendant of it", (("Model", "Model"), ("Benchmark", "Benchmark"))),
    EdgeType(
        "AUTHORED_BY",
        "was written by",
        (("Paper", "Author"),),
        (
            Property("position", Kind.INTEGER, "place in the paper's list of authors, from 1"),
            Property("group", Kind.INTEGER, "group of the author's papers that it is in, from 1, the largest first"),
        ),
    ),
    EdgeType("AFFILIATED_WITH", "comes from", (("Paper", "Organization"),)),
    EdgeType(
        "PUBLISHED_IN",
        "was published in",
        (("Paper", "Venue"),),
        (Property("year", Kind.INTEGER, "year of the edition or issue, as far as known"),),
    ),
    EdgeType("IN_CATEGORY", "is filed under", (("Paper", "Category"),)),
)

NODES = {node.label: node for node in NODE_TYPES}
EDGES = {edge.label: edge for edge in EDGE_TYPES}
