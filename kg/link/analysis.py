"""Input of linking, as columns: computed once for each record and cached between builds."""

import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from kg.knowledge.task_names import task_name
from kg.link.memo import Memo
from kg.link.names import expansions, forms, variants
from kg.link.names.name_use import NameUse
from kg.link.papers.identities import identities, key_from_identities, search_keys
from kg.link.papers.venue_names import publication
from kg.schema import Extraction, Paper, Result
from kg.schema.tables import frame
from kg.text.identifiers import repository
from kg.text.keys import name_key, slug
from kg.text.line_ends import unwrapped

_TEXTS = pl.List(pl.String)
_INTEGER = pl.Int64
_MAX_INTEGER = 2**63 - 1

_FIELDS: dict[str, Any] = {
    name: _TEXTS if "tuple" in str(field.annotation) else _INTEGER if "int" in str(field.annotation) else pl.String
    for name, field in Paper.model_fields.items()
}
"""The fields of a record, with the types of their columns."""

_TABLES: dict[str, dict[str, Any]] = {
    "records": {
        "record": _INTEGER,
        "first_seen": pl.String,
        **_FIELDS,
        "identities": _TEXTS,
        "key": pl.String,
        "keys": _TEXTS,
        "venues": _TEXTS,
        "digest": _INTEGER,
        "author_ids": _TEXTS,
        "organization_ids": _TEXTS,
    },
    "entities": {"record": _INTEGER, "entity": _INTEGER, "use": _INTEGER, "introduces": pl.Boolean},
    "relations": {
        "record": _INTEGER,
        "entity": _INTEGER,
        "type": pl.String,
        "instead": pl.String,
        "confidence": pl.Float64,
        "evidence": pl.String,
        "field": pl.String,
        "start": _INTEGER,
        "end": _INTEGER,
        "by": pl.String,
    },
    "tasks": {
        "record": _INTEGER,
        "id": pl.String,
        "name": pl.String,
        "confidence": pl.Float64,
        "evidence": pl.String,
        "field": pl.String,
        "start": _INTEGER,
        "end": _INTEGER,
        "by": pl.String,
    },
    "repositories": {"record": _INTEGER, "name": pl.String, "own": pl.Boolean},
    "results": {
        "record": _INTEGER,
        "node": pl.String,
        "metric": pl.String,
        "value": pl.String,
        "number": pl.Float64,
        "unit": pl.String,
        "relative": pl.Boolean,
        "evidence": pl.String,
        "field": pl.String,
        "start": _INTEGER,
        "end": _INTEGER,
        "model": pl.String,
        "benchmark": pl.String,
        "models": pl.List(_INTEGER),
        "benchmarks": pl.List(_INTEGER),
    },
}
_NAME_USES: dict[str, Any] = {
    "kind": pl.String,
    "type": pl.String,
    "name": pl.String,
    "forms": _TEXTS,
    "acronym": pl.String,
    "long_form": pl.String,
}

_MEMOS: dict[str, tuple[Memo[Any], Any]] = {
    "data_key": (forms.data_key, pl.String),
    "system_key": (forms.system_key, pl.String),
    "phrase_key": (forms.phrase_key, pl.String),
    "stems": (expansions.stems, _TEXTS),
    "model_parents": (variants.model_parents, _TEXTS),
    "benchmark_parents": (variants.benchmark_parents, _TEXTS),
}


class Analysis:
    """What records say, as tables.

    Attributes:
        tables: `records` has a row for each record. `entities`, `relations`, `tasks`, `repositories` and `results`
            have rows for what was found in it: `record` is its number, and `entity` a place in its list of entities.
        name_uses: how papers name entities; `use` in the table `entities` is a place in this list.
    """

    def __init__(self) -> None:
        """Starts empty."""
        self.tables = {name: pl.DataFrame(schema=columns) for name, columns in _TABLES.items()}
        self.name_uses: list[NameUse] = []
        self._numbers: dict[NameUse, int] = {}

    @classmethod
    def of(cls, extractions: Iterable[Extraction]) -> "Analysis":
        """The analysis of extractions, numbered from 0 in their order."""
        analysis = cls()
        analysis.extend((number, None, extraction) for number, extraction in enumerate(extractions))
        return analysis

    def extend(self, seen: Iterable[tuple[int, str | None, Extraction]]) -> int:
        """Adds records; one with the number of a known record replaces it.

        Args:
            seen: number of each record, when it was first read (ISO 8601, or None), and what was found in it.

        Returns:
            The number of records that were added or replaced.
        """
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _TABLES}
        for number, first_seen, extraction in seen:
            self._add(rows, number, first_seen, extraction)
        new = {name: frame(rows[name], _TABLES[name]) for name in _TABLES}
        numbers = new["records"]["record"].implode()
        for name, table in self.tables.items():
            self.tables[name] = pl.concat([table.filter(~pl.col("record").is_in(numbers)), new[name]])
        return len(rows["records"])

    def save(self, folder: Path) -> None:
        """Writes everything to Arrow files in an empty folder.

        Raises:
            OSError: it cannot be written.
        """
        for name, table in self.tables.items():
            table.write_ipc(folder / f"{name}.arrow", compression="lz4")
        uses = [tuple(getattr(use, name) for name in _NAME_USES) for use in self.name_uses]
        frame(uses, _NAME_USES).write_ipc(folder / "name_uses.arrow")
        for name, (function, type_) in _MEMOS.items():
            known = frame(list(function.values.items()), {"text": pl.String, "value": type_})
            known.write_ipc(folder / f"{name}.arrow")

    @classmethod
    def load(cls, folder: Path) -> "Analysis | None":
        """The analysis that `save` wrote to a folder, or None if it cannot be read."""
        analysis = cls()
        try:
            for name, columns in _TABLES.items():
                analysis.tables[name] = _read(folder, name, columns)
            rows = _read(folder, "name_uses", _NAME_USES).iter_rows()
            for kind, type_, name, forms_, acronym, long_form in rows:
                analysis._number(NameUse(kind, type_, name, tuple(forms_), acronym, long_form))
            for name, (function, type_) in _MEMOS.items():
                known = _read(folder, name, {"text": pl.String, "value": type_})
                function.values.update(zip(known["text"].to_list(), known["value"].to_list(), strict=True))
        except (OSError, PolarsError):
            return None
        return analysis

    def _number(self, use: NameUse) -> int:
        number = self._numbers.setdefault(use, len(self.name_uses))
        if number == len(self.name_uses):
            self.name_uses.append(use)
        return number

    def _add(self, rows: dict[str, list[tuple[Any, ...]]], number: int, seen: str | None, found: Extraction) -> None:
        known = list(dict.fromkeys(identities(found)))
        rows["records"].append(
            (
                number,
                seen,
                *(_storable(getattr(found, name)) for name in _FIELDS),
                known,
                key_from_identities(found.title, known),
                search_keys(found, known),
                [venue.packed()] if (venue := publication(found)) else [],
                zlib.crc32(found.model_dump_json().encode()),
                [f"author/{slug(name)}" for name in found.authors],
                [f"organization/{slug(name)}" for name in found.organizations],
            )
        )
        places: dict[str, list[int]] = {}
        for place, entity in enumerate(found.entities):
            introduces = any(relation.type == "INTRODUCES" for relation in entity.relations)
            rows["entities"].append((number, place, self._number(NameUse.of(entity)), introduces))
            for form in {name_key(form) for form in (entity.name, *(mention.text for mention in entity.mentions))}:
                places.setdefault(form, []).append(place)
            for relation in entity.relations:
                evidence = (relation.confidence, relation.evidence, relation.field, relation.start, relation.end)
                rows["relations"].append((number, place, relation.type, relation.instead, *evidence, relation.by))
        rows["tasks"] += [
            (
                number,
                task_id(each.task),
                each.task,
                each.confidence,
                each.evidence,
                each.field,
                each.start,
                each.end,
                each.by,
            )
            for each in found.addresses
        ]
        # Extractions of earlier versions have the tasks alone.
        addressed = {each.task for each in found.addresses}
        rows["tasks"] += [(number, task_id(task), task, *[None] * 6) for task in found.tasks if task not in addressed]
        rows["repositories"] += [
            (number, name, True) for url in found.repositories if (name := repository(url)) is not None
        ]
        rows["repositories"] += [
            (number, name, link.own) for link in found.links if (name := repository(link.url)) is not None
        ]
        rows["results"] += [_result(number, found, result, places) for result in found.results]


def task_id(name: str) -> str:
    """The id of the Task with a name; other names of a known task lead to the same one."""
    return f"task/{slug(task_name(name))}"


def _read(folder: Path, name: str, columns: dict[str, Any]) -> pl.DataFrame:
    table = pl.read_ipc((folder / f"{name}.arrow").read_bytes())
    return table.select(pl.col(column).cast(type_) for column, type_ in columns.items())


def _storable(value: Any) -> Any:
    """A field's value as a column holds it; None for an integer that needs more than 64 bits."""
    if isinstance(value, int):
        return value if abs(value) <= _MAX_INTEGER else None
    return list(value) if isinstance(value, tuple) else value


def _result(number: int, found: Extraction, result: Result, places: dict[str, list[int]]) -> tuple[Any, ...]:
    """A row of the table `results`; `places` has the record's entities, as places in its list, by key of a name."""
    text = found.title if result.field == "title" else found.abstract
    return (
        number,
        f"{result.field}/{result.start}-{slug(result.benchmark)}",
        result.metric or None,
        unwrapped(result.value).text,
        _number(result.value),
        "%" if "%" in result.value else None,
        result.value[:1] in "+-−",
        _sentence(text, result.start, result.end),
        result.field,
        result.start,
        result.end,
        result.model,
        result.benchmark,
        places.get(name_key(result.model), []) if result.model else [],
        places.get(name_key(result.benchmark), []),
    )


def _number(value: str) -> float | None:
    try:
        return float(re.sub(r"[^\d.+-]", "", value.replace("−", "-")))
    except ValueError:
        return None


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a figure that is at these offsets."""
    before = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z])", text[:start])]
    after = re.search(r"[.!?](?=\s+[A-Z]|\s*$)", text[end:])
    return text[before[-1] if before else 0 : end + after.end() if after else len(text)]
