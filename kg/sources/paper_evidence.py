"""Whether records are papers: titles stand in calendars and film lists too, so that a title alone shows nothing."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.sources.columns import fields_of
from kg.sources.field_names import field_names
from kg.sources.mapping import Record, as_list, first_value, text
from kg.sources.publication_types import publication_kind
from kg.text.identifiers import arxiv_id, doi, work_id
from kg.text.keys import name_key

_MOST = 0.5
_LONGEST = 400
_BIBTEX = re.compile(r"\s*@[a-zA-Z]+\s*[{(]")
_PERSON = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?[\s,.]+[^\W\d_]|[^\W\d_\x00-\u02ff]{2}")
_SEVERAL = re.compile(r";|\band\b|&|\n|(?:,.*){2}|\bet al")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\.0)?", re.ASCII)


def are_papers(records: Sequence[Record]) -> bool:
    """Whether at least half of these records have a title, and show that they are papers."""
    return bool(records) and sum(map(is_paper, records)) >= _MOST * len(records)


def is_paper(record: Record) -> bool:
    """Whether a record has a title and enough that only papers have, or is what `kg extract` wrote."""
    if not text(first_value(record, fields_of(tuple(record))["title"])):
        return False
    if isinstance(record.get("entities"), list) and {"id", "title"} <= record.keys():
        return True
    needed, points, _ = _rules()
    return sum(points[what] for what in _shown(record)) >= needed


def _shown(record: Record) -> Iterator[str]:
    """What the record shows, by the names in paper_evidence.toml."""
    _, _, rules = _rules()
    values = {name_key(name): value for name, value in record.items() if value not in (None, "", [], {})}
    known = field_names(values).fields
    if any(_identifies(key, value, known["references"]) for key, value in values.items()):
        yield "identifier"
    abstracts = [(key, text(_flat(values[key]))) for key in known["abstract"] if key in values]
    for key, written in abstracts[:1]:
        words = len((written or "").split())
        if key not in rules["summary"] and words > 1:
            yield "abstract"
        elif words >= 20:
            yield "summary"
    for key in known["authors"]:
        if key in values and (persons := _persons(values[key])):
            yield ("several_authors" if persons > 1 else "author") if key in rules["author"] else "authors"
            break
    if any(text(_flat(values.get(key))) for key in known["venue"]):
        yield "venue"
    if any(_YEAR.fullmatch(str(values.get(key, "")).strip()) for key in known["year"]):
        yield "year"
    if rules["telling"] & values.keys():
        yield "telling"
    yield from ("contrary" for _ in rules["contrary"] & values.keys())
    kinds = [kind for key in known["kind"] for kind in as_list(values.get(key)) if isinstance(kind, str)]
    if any(name_key(kind) in rules["other"] for kind in kinds) and not any(map(publication_kind, kinds)):
        yield "other_kind"


def _identifies(key: str, value: object, elsewhere: tuple[str, ...]) -> bool:
    if key in elsewhere or key.startswith(("related", "cited", "citing", "similar")):
        return False
    return any(isinstance(one, str) and _is_identifier(key, one) for one in as_list(value)[:5])


def _is_identifier(key: str, value: str) -> bool:
    if _BIBTEX.match(value):
        return True
    value = value.strip()
    if len(value) > _LONGEST or " " in value:
        return False
    if doi(value) or work_id(value):
        return True
    # A number with a dot is an arXiv id only where it is called an id.
    return arxiv_id(value) is not None and (not value[:1].isdigit() or "arxiv" in key or key.endswith("id"))


def _flat(value: Any) -> Any:
    """The text in a list or an object."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[name] for name in ("name", "value", "title", "raw") if name in value), None)
    return value


def _persons(value: object) -> int:
    """How many names of persons a value holds, as far as matters: none, one or two."""
    if isinstance(value, str):
        return (1 + bool(_SEVERAL.search(value))) if _PERSON.search(value) else 0
    if isinstance(value, dict):
        return int(any(isinstance(part, str) and _PERSON.search(part) for part in [" ".join(_texts(value))]))
    return min(2, sum(map(_persons, as_list(value)[:5]))) if isinstance(value, list | tuple) else 0


def _texts(value: dict[str, Any]) -> Iterator[str]:
    return (part for part in value.values() if isinstance(part, str))


@cache
def _rules() -> tuple[int, dict[str, int], dict[str, frozenset[str]]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    keys = {name: frozenset(map(name_key, names)) for name, names in {**data["fields"], **data["kinds"]}.items()}
    return data["needed"], data["points"], keys
