"""The ACL Anthology's own XML, a file for each collection of volumes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import XmlRecord, fields_of, inner_text, xml_records, xml_root

NAME = "acl-anthology"
DESCRIPTION = "the ACL Anthology's XML"


def _date(record: Record) -> object:
    """The month and year of the paper, or else of its volume."""
    year = record.get("year") or record.get("volume.year")
    month = record.get("month") or record.get("volume.month")
    return f"{month} {year}" if month and year else year


def _address(record: Record) -> object:
    return f"https://aclanthology.org/{record['id']}/" if record.get("id") else None


FIELDS: Fields = {
    "id": (scheme("acl:", "id"),),
    "title": ("title",),
    "abstract": ("abstract",),
    "year": ("year", "volume.year"),
    "published": (_date,),
    "authors": ("author",),
    "url": (_address,),
    "doi": ("doi",),
    "ids": (scheme("acl:", "id"),),
    "venue": ("volume.journal-title", "volume.booktitle"),
    "kind": (lambda record: "article",),
    "repositories": ("code",),
}


def recognises(head: Head) -> Fit:
    """Certain if it is a collection of volumes with papers."""
    volumes = xml_root(head) in ("collection", "volume") and "<volume" in head.text
    return Fit.CERTAIN if volumes and ("<booktitle" in head.text or "<paper " in head.text) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads paper by paper; front matter is passed over; see `kg.sources.format.Format`."""
    volume: dict[str, object] = {}
    for found in xml_records(source, {"meta", "paper"}):
        if isinstance(found, Problem):
            yield found
        elif found.element.tag == "meta":
            volume = {f"volume.{name}": text for name, text in fields_of(found.element).items()}
        else:
            yield from papers({**volume, **_record(found)}, FIELDS, NAME, source, found.line)


def _record(found: XmlRecord) -> dict[str, object]:
    paper = found.element
    record = fields_of(paper)
    record["author"] = [_author(author) for author in paper.findall("author")]
    record["code"] = [address for code in paper.findall("pwccode") if (address := code.get("url"))]
    record["id"] = _id(found)
    return record


def _author(author: Element) -> dict[str, str | None]:
    return {"given": inner_text(author.find("first")), "family": inner_text(author.find("last"))}


def _id(found: XmlRecord) -> str | None:
    """The paper's id, such as 2020.acl-main.1 or P19-1001, made of those of collection, volume and paper."""
    own = [around.attributes.get("id", "") for around in found.around if around.tag in ("collection", "volume")]
    own.append(found.element.get("id", ""))
    if len(own) != 3 or not all(own):
        return None
    collection, volume, paper = own
    if collection[0].isdigit():
        return f"{collection}-{volume}.{paper}"
    if not (volume.isdigit() and paper.isdigit()):
        return None
    # In ids of before 2020 workshops have two digits for the volume, others one.
    workshop = collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume) >= 5)
    return f"{collection}-{int(volume):02}{int(paper):02}" if workshop else f"{collection}-{int(volume)}{int(paper):03}"
