"""Files that `kg extract` wrote, checked against the text they are about."""

import re
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from kg.schema import Extraction, Paper
from kg.sources.mapping import Record, text
from kg.sources.problems import Problem

# citegraph 0.1.0 wrote twelve digits of a hash, which count as version 1 of everything.
_HASHED = re.compile(r"(default|rules)-[0-9a-f]{12}")
_FIRST = {"default": "default-p1-m1-c1", "rules": "rules-p1-c1"}

_FOUND = tuple(Extraction.model_fields.keys() - Paper.model_fields.keys())


def extracted(items: Iterable[Paper | Problem], record: object, file: str, line: int) -> Iterator[Paper | Problem]:
    """Turns the paper of a record into the extraction that the record holds, if it holds one.

    If the extraction does not fit the text, the plain paper is kept and a problem says so.
    """
    if not isinstance(record, dict) or "entities" not in record:
        yield from items
        return
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        extraction = _extraction(item, record)
        if isinstance(extraction, str):
            yield Problem(file, line, f"not a valid extraction ({extraction}); read as a plain record")
            yield item
        else:
            yield extraction


def _extraction(paper: Paper, record: Record) -> Extraction | str:
    """The extraction, or a message that says what is wrong with it. Its own `source` is kept."""
    try:
        given = Extraction.model_validate(
            {
                **paper.model_dump(),
                **{name: record[name] for name in _FOUND if name in record},
                "source": text(record.get("source")) or paper.source,
                "pipeline": _numbered(record.get("pipeline")),
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return _misplaced(given) or given


def _numbered(pipeline: object) -> object:
    """A pipeline's version as it is written today."""
    hashed = _HASHED.fullmatch(pipeline) if isinstance(pipeline, str) else None
    return _FIRST[hashed[1]] if hashed else pipeline


def _misplaced(extraction: Extraction) -> str | None:
    """A message for the first span whose text is not what the field holds there, or None."""
    spans: Iterable[tuple[str, str, int, int]] = (
        *((m.text, m.field, m.start, m.end) for e in extraction.entities for m in e.mentions),
        *((r.evidence, r.field, r.start, r.end) for e in extraction.entities for r in e.relations),
        *((r.value.lstrip("+-"), r.field, r.start, r.end) for r in extraction.results),
    )
    for claimed, field, start, end in spans:
        there = (
            (extraction.title if field == "title" else extraction.abstract)[start:end] if 0 <= start <= end else None
        )
        if there is None or (there != claimed and there.lstrip("+-") != claimed):
            return f"{field}[{start}:{end}] is not {claimed[:40]!r}"
    return None
