"""What each record says by itself, as columns: all that linking needs of it, kept from one build to the next."""

import hashlib
import re
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from kg.extraction import links as links_module
from kg.link.memo import Remembered
from kg.link.names import forms, variants
from kg.link.names.readings import Reading
from kg.link.papers.linker import identities, paper_keys
from kg.schema import Extraction, Paper, Result
from kg.schema.tables import frame
from kg.text import keys
from kg.text.identifiers import repository
from kg.text.keys import name_key, slug

_TEXTS = pl.List(pl.String)
_WHOLE = pl.Int64
_GREATEST = 2**63 - 1

_FIELDS: dict[str, Any] = {
    name: _TEXTS if "tuple" in str(field.annotation) else _WHOLE if "int" in str(field.annotation) else pl.String
    for name, field in Paper.model_fields.items()
}
"""The fields of a record with the types of their columns."""

_TABLES: dict[str, dict[str, Any]] = {
    "records": {
        "record": _WHOLE,
        "first_seen": pl.String,
        **_FIELDS,
        "identities": _TEXTS,
        "key": pl.String,
        "keys": _TEXTS,
        "digest": _WHOLE,
        "author_ids": _TEXTS,
        "organization_ids": _TEXTS,
    },
    "entities": {"record": _WHOLE, "entity": _WHOLE, "reading": _WHOLE, "introduces": pl.Boolean},
    "relations": {
        "record": _WHOLE,
        "entity": _WHOLE,
        "type": pl.String,
        "confidence": pl.Float64,
        "evidence": pl.String,
        "field": pl.String,
        "start": _WHOLE,
        "end": _WHOLE,
        "by": pl.String,
    },
    "tasks": {"record": _WHOLE, "id": pl.String, "name": pl.String},
    "repositories": {"record": _WHOLE, "place": pl.String, "own": pl.Boolean},
    "results": {
        "record": _WHOLE,
        "node": pl.String,
        "metric": pl.String,
        "value": pl.String,
        "number": pl.Float64,
        "unit": pl.String,
        "relative": pl.Boolean,
        "evidence": pl.String,
        "field": pl.String,
        "start": _WHOLE,
        "end": _WHOLE,
        "model": pl.String,
        "benchmark": pl.String,
        "models": pl.List(_WHOLE),
        "benchmarks": pl.List(_WHOLE),
    },
}
_READINGS: dict[str, Any] = {
    "kind": pl.String,
    "type": pl.String,
    "name": pl.String,
    "forms": _TEXTS,
    "acronym": pl.String,
    "long_form": pl.String,
}

_REMEMBERED: dict[str, tuple[Remembered[Any], Any]] = {
    "data_key": (forms.data_key, pl.String),
    "system_key": (forms.system_key, pl.String),
    "phrase_key": (forms.phrase_key, pl.String),
    "stems": (forms.stems, _TEXTS),
    "model_parents": (variants.model_parents, _TEXTS),
    "benchmark_parents": (variants.benchmark_parents, _TEXTS),
}


class Analysis:
    """What records say, by table.

    Attributes:
        tables: `records`, and by record `entities` (`entity` is a place in the record's list), `relations`, `tasks`,
            `repositories` and `results`.
        readings: what `entities.reading` counts.
    """

    def __init__(self) -> None:
        """Nothing yet."""
        self.tables = {name: pl.DataFrame(schema=columns) for name, columns in _TABLES.items()}
        self.readings: list[Reading] = []
        self._numbers: dict[Reading, int] = {}

    @classmethod
    def of(cls, extractions: Iterable[Extraction]) -> "Analysis":
        """Of extractions in a list, numbered as they come."""
        analysis = cls()
        analysis.extend((number, None, extraction) for number, extraction in enumerate(extractions))
        return analysis

    def extend(self, seen: Iterable[tuple[int, str | None, Extraction]]) -> int:
        """Adds records, each with its number and when it was first seen; one of a known number takes its place.

        Returns:
            How many there were.
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
        """Writes everything into an empty folder.

        Raises:
            OSError: it cannot be written.
        """
        for name, table in self.tables.items():
            table.write_ipc(folder / f"{name}.arrow", compression="lz4")
        readings = [tuple(getattr(reading, name) for name in _READINGS) for reading in self.readings]
        frame(readings, _READINGS).write_ipc(folder / "readings.arrow")
        for name, (function, type_) in _REMEMBERED.items():
            known = frame(list(function.values.items()), {"text": pl.String, "value": type_})
            known.write_ipc(folder / f"{name}.arrow")

    @classmethod
    def load(cls, folder: Path) -> "Analysis | None":
        """What `save` wrote, or None where that cannot be read."""
        analysis = cls()
        try:
            for name, columns in _TABLES.items():
                analysis.tables[name] = _read(folder, name, columns)
            rows = _read(folder, "readings", _READINGS).iter_rows()
            for kind, type_, name, written, acronym, long_form in rows:
                analysis._number(Reading(kind, type_, name, tuple(written), acronym, long_form))
            for name, (function, type_) in _REMEMBERED.items():
                known = _read(folder, name, {"text": pl.String, "value": type_})
                function.values.update(zip(known["text"].to_list(), known["value"].to_list(), strict=True))
        except (OSError, PolarsError):
            return None
        return analysis

    def _number(self, reading: Reading) -> int:
        number = self._numbers.setdefault(reading, len(self.readings))
        if number == len(self.readings):
            self.readings.append(reading)
        return number

    def _add(self, rows: dict[str, list[tuple[Any, ...]]], number: int, seen: str | None, found: Extraction) -> None:
        known = list(dict.fromkeys(identities(found)))
        key, keys = paper_keys(found, known)
        rows["records"].append(
            (
                number,
                seen,
                *(_storable(getattr(found, name)) for name in _FIELDS),
                known,
                key,
                keys,
                zlib.crc32(found.model_dump_json().encode()),
                [f"author/{slug(name)}" for name in found.authors],
                [f"organization/{slug(name)}" for name in found.organizations],
            )
        )
        mentioned: dict[str, list[int]] = {}
        for place, entity in enumerate(found.entities):
            introduces = any(relation.type == "INTRODUCES" for relation in entity.relations)
            rows["entities"].append((number, place, self._number(Reading.of(entity)), introduces))
            for form in {name_key(form) for form in (entity.name, *(mention.text for mention in entity.mentions))}:
                mentioned.setdefault(form, []).append(place)
            for said in entity.relations:
                where = (said.confidence, said.evidence, said.field, said.start, said.end, said.by)
                rows["relations"].append((number, place, said.type, *where))
        rows["tasks"] += [(number, f"task/{slug(task)}", task) for task in found.tasks]
        rows["repositories"] += [
            (number, code, link.own) for link in found.links if (code := repository(link.url)) is not None
        ]
        rows["results"] += [_result(number, found, result, mentioned) for result in found.results]


@cache
def fingerprint() -> str:
    """Digest of the code on which an analysis and what is decided on it depend."""
    digest = hashlib.sha256(f"{pl.__version__} {sorted(_FIELDS)}".encode())
    files = [
        *sorted(Path(__file__).parent.rglob("*.py")),
        *sorted(Path(keys.__file__).parent.glob("*.py")),
        Path(links_module.__file__),
    ]
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _read(folder: Path, name: str, columns: dict[str, Any]) -> pl.DataFrame:
    table = pl.read_ipc((folder / f"{name}.arrow").read_bytes())
    return table.select(pl.col(column).cast(type_) for column, type_ in columns.items())


def _storable(value: Any) -> Any:
    """A field's value; a number that no engine can hold is none."""
    if isinstance(value, int):
        return value if abs(value) <= _GREATEST else None
    return list(value) if isinstance(value, tuple) else value


def _result(number: int, found: Extraction, result: Result, mentioned: dict[str, list[int]]) -> tuple[Any, ...]:
    text = found.title if result.field == "title" else found.abstract
    return (
        number,
        f"{result.field}/{result.start}-{slug(result.benchmark)}",
        result.metric or None,
        result.value,
        _number(result.value),
        "%" if "%" in result.value else None,
        result.value[:1] in "+-−",
        _sentence(text, result.start, result.end),
        result.field,
        result.start,
        result.end,
        result.model,
        result.benchmark,
        mentioned.get(name_key(result.model), []) if result.model else [],
        mentioned.get(name_key(result.benchmark), []),
    )


def _number(value: str) -> float | None:
    try:
        return float(re.sub(r"[^\d.+-]", "", value.replace("−", "-")))
    except ValueError:
        return None


def _sentence(text: str, start: int, end: int) -> str:
    """The stretch between sentence ends around a figure."""
    before = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z])", text[:start])]
    after = re.search(r"[.!?](?=\s+[A-Z]|\s*$)", text[end:])
    return text[before[-1] if before else 0 : end + after.end() if after else len(text)]
