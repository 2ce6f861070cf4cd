"""How records and extractions are stored: as compressed JSON, found by hashes of record and text."""

import hashlib
import json
import sqlite3
import zlib
from typing import Any, NamedTuple, TypeVar

from kg.schema import Extraction, Paper

_RECORD_FIELDS = set(Paper.model_fields)
_FOUND_FIELDS = set(Extraction.model_fields) - _RECORD_FIELDS - {"pipeline"}

_Record = TypeVar("_Record", bound=Paper)


class PackedRecord(NamedTuple):
    """A row of the table `record`.

    Attributes:
        hash: SHA-256 of the body before compression.
        id: the record's own id.
        text: SHA-256 of title and abstract.
        body: the record as compressed JSON.
    """

    hash: bytes
    id: str
    text: bytes
    body: bytes


class PackedExtraction(NamedTuple):
    """A row of the table `extraction`.

    Attributes:
        text: SHA-256 of title and abstract.
        pipeline: version of the pipeline that made it; empty where unknown.
        body: what was found, as compressed JSON.
    """

    text: bytes
    pipeline: str
    body: bytes


def pack_record(paper: Paper) -> PackedRecord:
    """Packs a record. Empty fields are left out of body and hash, so that a field added later changes no hash."""
    fields = paper.model_dump(mode="json", include=_RECORD_FIELDS)
    body = _json({name: value for name, value in fields.items() if value not in (None, "", [])})
    return PackedRecord(hashlib.sha256(body).digest(), paper.id, _text_hash(paper), zlib.compress(body))


def pack_extraction(extraction: Extraction, pipeline: str) -> PackedExtraction:
    """Packs what a pipeline found in a text."""
    body = _json(extraction.model_dump(mode="json", include=_FOUND_FIELDS))
    return PackedExtraction(_text_hash(extraction), pipeline, zlib.compress(body))


def unpack(kind: type[_Record], *bodies: bytes, **fields: Any) -> _Record:
    """Makes a record of one or more bodies and of fields that are not in them.

    Raises:
        zlib.error: a body is damaged.
        ValueError: a body is no record.
    """
    found: dict[str, Any] = {}
    for body in bodies:
        found |= json.loads(zlib.decompress(body))
    return kind(**found, **fields)


def record_problem(row: sqlite3.Row) -> str | None:
    """What is wrong with a row of `record`, or None."""
    try:
        body = zlib.decompress(row["body"])
        paper = Paper(**json.loads(body))
    except (zlib.error, ValueError) as error:
        return _unreadable(error)
    same = hashlib.sha256(body).digest() == row["hash"] and _text_hash(paper) == row["text"] and paper.id == row["id"]
    return None if same else "it is not what was read"


def extraction_problem(row: sqlite3.Row) -> str | None:
    """What is wrong with a row of `extraction`, or None."""
    try:
        unpack(Extraction, row["body"], id="-", title="-")
    except (zlib.error, ValueError) as error:
        return _unreadable(error)
    return None


def _unreadable(error: Exception) -> str:
    return f"it cannot be read ({str(error).partition(chr(10))[0]})"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text_hash(paper: Paper) -> bytes:
    return hashlib.sha256(f"{paper.title}\0{paper.abstract}".encode()).digest()
