"""What a record says of its paper in fields whose names nobody knows: addresses, ids, and entries of BibTeX."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from kg.sources.formats import bibtex
from kg.sources.mapping import Record, Where, as_list, first_value
from kg.text.identifiers import arxiv_id, doi, work_id

_OF_OTHERS = (
    "related", "cited", "citing", "citation", "similar", "reference", "comment", "abstract", "recommend", "review",
    "parent", "previous", "baseline", "compared", "note", "children",
)  # fmt: skip
"""How names of fields begin that speak of other papers, or in which others may be named."""
_LONGEST = 300


def is_of_others(key: str) -> bool:
    """Whether a field, by the key of its name, may name other papers than the record's own."""
    return key.startswith(_OF_OTHERS) or key.endswith(("references", "citations", "papers"))


def places(name: str) -> dict[str, Where]:
    """For fields of a paper, where they are if a field of any name holds an id, an address or an entry of BibTeX."""
    found: dict[str, Where] = {"ids": _identifiers(name)}
    for field in ("year", "published", "authors", "venue", "kind", "arxiv_id", "doi"):
        found[field] = _in_entry(name, bibtex.FIELDS[field])
    return found


def _identifiers(name: str) -> Callable[[Record], object]:
    def place(record: Record) -> object:
        values = as_list(_unseen(record, name))
        found = [value for value in values if isinstance(value, str) and _is_identifier(value)]
        if found:
            _note(record, name)
        return found

    return place


def _is_identifier(value: str) -> bool:
    """Whether a text is an address or id of a paper; a number with a dot may be anything."""
    value = value.strip()
    if not value or len(value) > _LONGEST or " " in value or (value[0].isdigit() and not value.startswith("10.")):
        return False
    return (doi(value) or work_id(value) or arxiv_id(value)) is not None


def _in_entry(name: str, within: tuple[Where, ...]) -> Callable[[Record], object]:
    def place(record: Record) -> object:
        value = _unseen(record, name)
        if not isinstance(value, str) or not value.lstrip().startswith("@"):
            return None
        entry = _entry(value)
        if not entry:
            return None
        _note(record, name)
        return first_value(entry, within)

    return place


@lru_cache(16)
def _entry(text: str) -> Mapping[str, str] | None:
    """The record of the entry in a text; the fields of a paper are asked for one after the other."""
    return bibtex.record_within(text)


def _unseen(record: Record, name: str) -> object:
    """A value of a record that notes which fields are looked at, without its noting this."""
    return dict.get(record, name) if isinstance(record, dict) else record.get(name)


def _note(record: Record, name: str) -> None:
    """Has the record note that a field was used."""
    record.get(name)
