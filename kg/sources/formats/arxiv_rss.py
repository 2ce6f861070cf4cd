"""RSS feeds of arXiv's new papers: 2.0 as of today, 1.0 (RDF) as until 2024."""

import re
from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.arxiv_announcements import is_announcement, month_of_id, without_announcement
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import fields_of, xml_records, xml_root

NAME = "arxiv-rss"
DESCRIPTION = "RSS feeds of arXiv (XML)"

# The older feeds end titles with it, and have links around names.
_OLD_END = re.compile(r"\.? ?\((arXiv:\S{1,40}) \[([\w.-]{1,20})\](?: UPDATED| CROSS LISTED)?\)$")
_LINK = re.compile(r"</?a(?:\s[^<>]*)?>")


def _title(record: Record) -> object:
    return _OLD_END.sub("", record.get("title", ""))


def _abstract(record: Record) -> object:
    return without_announcement(record.get("description", ""))


def _authors(record: Record) -> object:
    """The authors: one text with all their names, or one for each."""
    names = [_LINK.sub("", name) for name in record.get("creator", ())]
    return names[0] if len(names) == 1 else names


def _ids(record: Record) -> list[str]:
    old = _OLD_END.search(record.get("title", ""))
    return [*filter(None, [record.get("guid"), record.get("link"), old and old[1]])]


def _date(record: Record) -> object:
    """The month of the arXiv id: the feed's day is not that on which a paper was submitted."""
    month = next(filter(None, map(month_of_id, _ids(record))), None)
    announced = is_announcement(record.get("description", "")) or "announce_type" in record
    return month if announced or not record.get("pubDate") else record["pubDate"]


def _categories(record: Record) -> list[str]:
    old = _OLD_END.search(record.get("title", ""))
    return [*record.get("category", ()), *([old[2]] if old else ())]


FIELDS: Fields = {
    "id": (lambda record: next(iter(_ids(record)), None),),
    "title": (_title,),
    "abstract": (_abstract,),
    "published": (_date,),
    "authors": (_authors,),
    "url": ("link",),
    "arxiv_id": (_ids,),
    "doi": ("DOI",),
    "venue": ("journal_reference",),
    "categories": (_categories,),
}


def recognises(head: Head) -> Fit:
    """Certain if the feed names arXiv before its first item."""
    feed = xml_root(head) in ("rss", "RDF") and "arxiv.org" in head.text.partition("<item")[0].lower()
    return Fit.CERTAIN if feed else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads item by item; see `kg.sources.format.Format`."""
    for found in xml_records(source, {"item"}):
        if isinstance(found, Problem):
            yield found
        else:
            record = fields_of(found.element, several={"creator", "category"})
            yield from papers(record, FIELDS, NAME, source, found.line)
