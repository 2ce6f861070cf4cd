"""Items of Zotero: answers of its API, and the JSON of Better BibTeX."""

from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record, as_list
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "zotero"
DESCRIPTION = "Zotero items (JSON of its API or of Better BibTeX)"


def _authors(record: Record) -> list[Any]:
    """The creators that are authors; editors and translators are not."""
    creators = [one for one in as_list(record.get("creators")) if isinstance(one, dict)]
    kinds = ("author", "presenter", "contributor", None)
    return next((found for kind in kinds if (found := [one for one in creators if one.get("creatorType") == kind])), [])


def _extra(record: Record) -> list[str]:
    """The lines of the free text: ids stand there that have no field of their own, such as `arXiv:2101.00001 [cs]`."""
    extra = record.get("extra")
    return [line.strip() for line in extra.splitlines()] if isinstance(extra, str) else []


FIELDS: Fields = {
    "id": ("citationKey", "key", "itemKey"),
    "title": ("title",),
    "abstract": ("abstractNote",),
    "published": ("date",),
    "authors": (_authors,),
    "url": ("url",),
    "arxiv_id": ("archiveID", "archiveLocation", "number", "reportNumber", _extra),
    "doi": ("DOI", _extra),
    "ids": (_extra,),
    "venue": ("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "encyclopediaTitle"),
    "kind": ("itemType",),
}

# Parts of a library that are about items, and no items themselves.
_PARTS = {"attachment", "note", "annotation"}


def recognises(head: Head) -> Fit:
    """Certain if most records have a type of item, and a title if they are no parts of others."""
    return Fit.CERTAIN if have(head, lambda record: _is_item(_item(record))) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads items, and passes over attachments and notes; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS, _paper)


def _is_item(item: dict[str, Any]) -> bool:
    kind = item.get("itemType")
    return isinstance(kind, str) and (kind in _PARTS or isinstance(item.get("title"), str))


def _paper(record: dict[str, Any]) -> dict[str, Any] | None:
    item = _item(record)
    return None if item.get("itemType") in _PARTS else item


def _item(record: dict[str, Any]) -> dict[str, Any]:
    """The item in an answer of the API; else the record."""
    inner = record.get("data")
    return inner if isinstance(inner, dict) else record
