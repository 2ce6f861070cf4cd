"""PubMed's tagged format (MEDLINE): .nbib files and answers of its API."""

import re
from collections.abc import Iterator, Sequence

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, first_value, papers, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.tagged_records import tagged_records, tagged_values
from kg.text.titles import without_full_stop

NAME = "nbib"
DESCRIPTION = "PubMed's tagged format (nbib, MEDLINE)"

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$|(?<=PMID-))")
_CONTINUED = "      "
_DOI = re.compile(r"(10\.\S+) \[doi\]")


def _title(record: Record) -> object:
    """The title; PubMed ends it with a full stop, and calls that of a book by another name."""
    title = first_value(record, ("TI", "BTI", "TT", "CTI"))
    return without_full_stop(title) if title else None


def _dois(record: Record) -> list[str]:
    """The DOIs among ids that say behind them what they are."""
    values = [*record.get("LID", ()), *record.get("AID", ())]
    return [found[1] for value in values if (found := _DOI.fullmatch(value))]


def _authors(record: Record) -> list[object]:
    """The authors by their full names where they have them, then the groups of authors."""
    groups = [{"literal": name} for name in record.get("CN", ())]
    return [*(record.get("FAU") or record.get("AU", ())), *groups]


def _kind(record: Record) -> object:
    if "BTI" in record:
        return "chapter" if "TI" in record else "book"
    return "article" if "JT" in record or "TA" in record else None


FIELDS: Fields = {
    "id": (scheme("pmid:", "PMID"),),
    "title": (_title,),
    "abstract": ("AB",),
    "year": ("DP", "DEP"),
    "published": ("DP", "DEP"),
    "authors": (_authors,),
    "doi": (_dois,),
    "venue": ("JT", "TA", "BTI"),
    "kind": (_kind,),
}
_SEVERAL = {
    "LID",
    "AID",
    "FAU",
    "AU",
    "CN",
    "AD",
    "PT",
    "MH",
    "OT",
    "IS",
    "PHST",
    "AUID",
    "GR",
    "RN",
    "IR",
    "FIR",
    "ED",
}


def recognises(head: Head) -> Fit:
    """Certain if it begins with a PubMed id, and every line has a tag or is indented as one that goes on."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:1000] if line.strip()]
    if not lines or not lines[0].startswith("PMID-"):
        return Fit.NONE
    fitting = sum(bool(_TAG.match(line)) or line.startswith(_CONTINUED) for line in lines)
    return Fit.CERTAIN if 10 * fitting >= 9 * len(lines) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; see `kg.sources.format.Format`."""
    for found in tagged_records(source, _begins):
        if isinstance(found, Problem):
            yield found
            continue
        values = tagged_values(found.lines, _TAG)
        record = {name: value if name in _SEVERAL else value[0] for name, value in values.items()}
        yield from papers(record, FIELDS, NAME, source, found.line)


def _begins(line: str, _: Sequence[str]) -> bool:
    return line.startswith("PMID-")
