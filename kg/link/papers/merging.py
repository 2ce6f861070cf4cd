"""One record of all records of a paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.text.identifiers import identity_from_id
from kg.text.keys import slug


def fullest_first(record: Mapping[str, Any]) -> tuple[int, bool, int, str, str, str, int]:
    """Sort key for the records of a paper: the longer abstract first, then the longer title, then any difference.

    A title that is only an id, as in a list of ids, comes after all others.

    Args:
        record: a row of the table `records` of an `Analysis`.
    """
    title, abstract = record["title"], record["abstract"]
    only_id = " " not in title and identity_from_id(title) is not None
    return -len(abstract), only_id, -len(title), title, abstract, record["id"], record["digest"]


def merged_record(key: str, records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One row of several records of the same paper, each field from the first record that has it.

    Of lists of names the longest is taken. Ids, references, categories, repositories, venues and search keys are
    those of all records; year and date are the earliest, those of first publication.

    Args:
        key: the paper's.
        records: rows of the table `records` of an `Analysis`, the fullest first.
    """
    fields = dict(records[0])
    for record in records[1:]:
        for name, value in record.items():
            known = fields[name]
            longer = isinstance(value, list) and len(value) > len(known)
            if longer or (known in (None, [], "") and value not in (None, [], "")):
                fields[name] = value
    for name in ("ids", "references", "categories", "repositories", "venues"):
        fields[name] = list(dict.fromkeys(value for record in records for value in record[name]))
    for name, kind in (("authors", "author"), ("organizations", "organization")):
        fields[f"{kind}_ids"] = [f"{kind}/{slug(named)}" for named in fields[name]]
    fields["year"] = min((record["year"] for record in records if record["year"] is not None), default=None)
    dates = sorted(record["published"] for record in records if record["published"])
    fields["published"] = max((date for date in dates if date.startswith(dates[0])), key=len) if dates else None
    fields["first_seen"] = min((record["first_seen"] for record in records if record["first_seen"]), default=None)
    fields["keys"] = sorted({known for record in records for known in record["keys"]})
    fields["key"] = key
    return fields
