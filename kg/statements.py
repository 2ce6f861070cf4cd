"""The project's Cypher: statement files in the folder `cypher`, loaded with what their headers declare.

A named query is `queries/NAME.cypher`; its header says what it answers, its parameters, its columns and an example.
Where an engine needs a statement of its own, `queries/NAME.ENGINE.cypher` holds it, without header. Questions that
combine conditions are composed of parts: `conditions/NAME.cypher` is a condition on a paper `p`, as a MATCH or a WHERE,
`returns/NAME.cypher` the end of the statement, which says what is returned of all such `p`. Statements that make and
fill a graph are templates, `schema/ENGINE/NAME.cypher`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.schema import Kind, Value

ENGINES = ("ladybug", "neo4j")

_DECLARATION = re.compile(r"(?P<what>parameter|column) (?P<name>\w+) \((?P<kind>[\w ]+)\): (?P<doc>.+)")
_PLACEHOLDER = re.compile(r"<<(?P<name>\w+)(?::(?P<each>[^>]*))?>>")
_IDENTIFIER = re.compile(r"\w+(\[\])?")


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A parameter of a query."""

    name: str
    kind: Kind
    doc: str


@dataclass(frozen=True, slots=True)
class QueryColumn:
    """A column of a query's answer; `kind` is a property kind, or `node`, `edge` and the like."""

    name: str
    kind: str
    doc: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A named query: what it answers, and its Cypher."""

    name: str
    answers: str
    parameters: tuple[QueryParameter, ...]
    columns: tuple[QueryColumn, ...]
    example: Mapping[str, Value]
    common: str
    """The Cypher for all engines but those in `special`."""
    special: Mapping[str, str] = field(default_factory=dict)
    """The Cypher by engine, for engines that need their own."""

    def text(self, engine: str) -> str:
        """The Cypher for an engine, `ladybug` or `neo4j`; most statements are the same for both."""
        return self.special.get(engine, self.common)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a paper `p`: the part of a statement that says so, a MATCH or a WHERE."""

    name: str
    parameters: tuple[QueryParameter, ...]
    relations: tuple[str, ...]
    example: Mapping[str, Value]
    text: str


def folder() -> Path:
    """The folder of statement files: inside the package when installed, beside it in a checkout."""
    packaged = Path(__file__).parent / "cypher"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "cypher"


def load(path: Path) -> Statement:
    """Reads one named query, `NAME.cypher`.

    Raises:
        ValueError: the header is not of the form that this module describes; the message names file and line.
    """
    header, text = _read(path)
    special = {}
    for engine in ENGINES:
        other = path.with_suffix(f".{engine}.cypher")
        if other.exists():
            special[engine] = _split(other.read_text(encoding="utf-8"))[1]
    if not (header.fields["answers"] and header.columns and text):
        raise ValueError(f"{path}: a query needs a line 'answers: …', its columns and a statement")
    return Statement(
        path.stem, header.fields["answers"], header.parameters, header.columns, header.example(), text, special
    )


def load_condition(path: Path) -> Condition:
    """Reads one condition, `NAME.cypher`.

    Raises:
        ValueError: the header is not of the form that this module describes; the message names file and line.
    """
    header, text = _read(path)
    if not (header.fields["holds"] and text.startswith(("MATCH ", "WHERE "))):
        raise ValueError(f"{path}: a condition needs a line 'holds: …' and a MATCH or a WHERE")
    relations = tuple(name for name in re.split(r",\s*", header.fields["relations"]) if name)
    return Condition(path.stem, header.parameters, relations, header.example(), text)


@cache
def queries() -> Mapping[str, Statement]:
    """All named queries by name."""
    files = sorted((folder() / "queries").glob("*.cypher"))
    return MappingProxyType({path.stem: load(path) for path in files if "." not in path.stem})


@cache
def conditions() -> Mapping[str, Condition]:
    """All conditions by name."""
    files = sorted((folder() / "conditions").glob("*.cypher"))
    return MappingProxyType({path.stem: load_condition(path) for path in files})


@cache
def returns() -> Mapping[str, Statement]:
    """The ends of composed statements by name: what each returns of the papers `p` that the conditions match."""
    files = sorted((folder() / "returns").glob("*.cypher"))
    return MappingProxyType({path.stem: load(path) for path in files})


def schema_statement(engine: str, name: str, /, **identifiers: str | Sequence[Mapping[str, str]]) -> str:
    """Fills a template of `schema/ENGINE`.

    Args:
        engine: `ladybug` or `neo4j`.
        name: file name without ending.
        identifiers: for `<<name>>` an identifier; for `<<name:fragment>>` a list of mappings, for each of which the
            fragment is repeated with its `{…}` filled in.

    Raises:
        ValueError: a value is not an identifier.
        KeyError: a value that the template needs is not given.
    """

    def fill(found: re.Match[str]) -> str:
        value = identifiers[found["name"]]
        if isinstance(value, str):
            return _identifier(value)
        return "".join(found["each"].format_map({key: _identifier(each[key]) for key in each}) for each in value)

    return _PLACEHOLDER.sub(fill, _template(engine, name))


@cache
def _template(engine: str, name: str) -> str:
    return _split((folder() / "schema" / engine / f"{name}.cypher").read_text(encoding="utf-8"))[1]


def _identifier(value: str) -> str:
    if not _IDENTIFIER.fullmatch(value):
        raise ValueError(f"not an identifier: {value!r}")
    return value


class _Header:
    """What the header of a statement file declares."""

    def __init__(self, path: Path, lines: Sequence[tuple[int, str]]) -> None:
        self.fields = dict.fromkeys(("answers", "holds", "relations", "example"), "")
        parameters: list[QueryParameter] = []
        columns: list[QueryColumn] = []
        for number, line in lines:
            word, colon, rest = line.partition(":")
            declared = _DECLARATION.fullmatch(line)
            if colon and word in self.fields:
                self.fields[word] = rest.strip()
            elif declared and declared["what"] == "column":
                columns.append(QueryColumn(declared["name"], declared["kind"], declared["doc"]))
            elif declared and declared["kind"] in tuple(Kind):
                parameters.append(QueryParameter(declared["name"], Kind(declared["kind"]), declared["doc"]))
            else:
                raise ValueError(f"{path}, line {number}: not a header line: {line}")
        self.parameters = tuple(parameters)
        self.columns = tuple(columns)

    def example(self) -> Mapping[str, Value]:
        return MappingProxyType(_example(self.fields["example"], self.parameters))


def _read(path: Path) -> tuple[_Header, str]:
    lines, text = _split(path.read_text(encoding="utf-8"))
    return _Header(path, lines), text


def _split(text: str) -> tuple[list[tuple[int, str]], str]:
    """The comment lines at the beginning of a file, numbered and without slashes, and the text after them."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = [(n, line.removeprefix("//").strip()) for n, line in enumerate(lines[:start], start=1)]
    return header, "\n".join(lines[start:]).strip()


def _example(text: str, parameters: Sequence[QueryParameter]) -> dict[str, Value]:
    """The values in `name = value, name = value`; the items of a list are separated by commas too."""
    if not parameters:
        return {}
    kinds = {parameter.name: parameter.kind for parameter in parameters}
    parts = re.split(rf"(?:^|,)\s*({'|'.join(kinds)})\s*=\s*", text.strip())[1:]
    return {name: value_of(value.strip(), kinds[name]) for name, value in zip(parts[::2], parts[1::2], strict=True)}


def value_of(text: str, kind: Kind) -> Value:
    """Reads a value of a kind from text; the items of a list are separated by commas.

    Raises:
        ValueError: the text is no such value.
    """
    match kind:
        case Kind.INTEGER:
            return int(text)
        case Kind.NUMBER:
            return float(text)
        case Kind.BOOLEAN:
            if text not in ("true", "false"):
                raise ValueError(f"neither true nor false: {text}")
            return text == "true"
        case Kind.STRINGS:
            return [item.strip() for item in text.split(",") if item.strip()]
        case Kind.STRING:
            return text
