"""Says in a line what a table or JSON file holds that is no list of papers, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.sources.columns import fields_of
from kg.sources.formats import csv
from kg.sources.head import Head

_SHOWN = 200
_EVEN = 0.8
_LONGEST_NAME = 60
_TITLE_WORDS = range(3, 30)


def shape(head: Head) -> str | None:
    """What a table or JSON file holds, by its first records; None where it is neither."""
    if head.records:
        names = tuple(dict.fromkeys(name for record in head.records for name in record))
        return f"JSON records with the fields {_listed(names)}; {_missing('field', names, head.records)}"
    rows = csv.sample(head)
    widest = max(map(len, rows), default=0)
    whole = [row for row in rows if len(row) == widest]
    even = widest > 1 and len(whole) >= _EVEN * len(rows) and max(map(len, whole[0])) <= _LONGEST_NAME
    return shape_of_table(whole[0], whole) if even else None


def shape_of_table(names: Iterable[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """What a table with these columns, and rows such as these, holds."""
    names = tuple(names)
    return f"a table with the columns {_listed(names)}; {_missing('column', names, rows)}"


def _listed(names: Iterable[str]) -> str:
    written = ", ".join(" ".join(str(name).split()) for name in names)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _missing(what: str, names: tuple[str, ...], records: Sequence[Mapping[str, Any]]) -> str:
    if fields_of(names)["title"]:
        needed = "an abstract, authors, an arXiv id, a DOI, or a year and a journal"
        return f"beside a title nothing shows that they are papers ({needed})"
    perhaps = next((name for name in names if _is_like_a_title(name, records)), None)
    advice = f"if `{perhaps}` is one, call it `title`" if perhaps else "call the one with titles `title`"
    return f"no {what} is a title: {advice}"


def _is_like_a_title(name: str, records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most values of a column are some words each."""
    values = [record.get(name) for record in records]
    fitting = [value for value in values if isinstance(value, str) and len(value.split()) in _TITLE_WORDS]
    return len(fitting) * 2 > len(values)
