"""JATS: articles of PubMed Central and of publishers; their front matter."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import inner_text, inner_texts, xml_records, xml_root

NAME = "jats"
DESCRIPTION = "JATS, as PubMed Central has it (XML)"

FIELDS: Fields = {
    "title": ("article-title",),
    "abstract": ("abstract",),
    "published": ("pub-date",),
    "authors": ("contrib",),
    "doi": ("doi",),
    "ids": ("pmid",),
    "venue": ("journal-title",),
    "kind": ("kind",),
}


def recognises(head: Head) -> Fit:
    """Certain if it is an article, or a set of articles, with metadata of articles."""
    article = xml_root(head) in ("article", "pmc-articleset", "OAI-PMH") and "<article-meta" in head.text
    return Fit.CERTAIN if article else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads article by article, of which most files have one; see `kg.sources.format.Format`."""
    for found in xml_records(source, {"front"}):
        if isinstance(found, Problem):
            yield found
        elif found.around and found.around[-1].tag == "article":
            yield from papers(_record(found.element), FIELDS, NAME, source, found.line)


def _record(front: Element) -> dict[str, object]:
    journal, article = front.find("journal-meta"), front.find("article-meta")
    if article is None:
        article = front
    ids = {each.get("pub-id-type"): inner_text(each) for each in article.findall("article-id")}
    record: dict[str, object | None] = {
        "article-title": inner_text(article.find("title-group/article-title")),
        "abstract": _abstract(article),
        "pub-date": _date(article),
        "contrib": [name for each in article.findall("contrib-group/contrib") if (name := _author(each))],
        "doi": ids.get("doi"),
        "pmid": f"pmid:{ids['pmid']}" if ids.get("pmid") else None,
        "journal-title": next(iter(inner_texts(journal, ".//journal-title")), None) if journal is not None else None,
        "kind": "article",
    }
    return {name: value for name, value in record.items() if value}


def _abstract(article: Element) -> str | None:
    """The abstract; teasers and graphical abstracts say which type they are."""
    abstract = next((each for each in article.findall("abstract") if not each.get("abstract-type")), None)
    if abstract is None:
        return None
    sections = [each for each in abstract if each.tag in ("p", "sec")]
    return " ".join(filter(None, map(_section, sections))) or inner_text(abstract)


def _section(section: Element) -> str | None:
    if section.tag == "p":
        return inner_text(section)
    heading = inner_text(section.find("title"))
    text = " ".join(inner_texts(section, ".//p"))
    return f"{heading}: {text}" if heading and text else text


def _date(article: Element) -> str | None:
    """The earliest year of publication, as precise as one of its dates is."""
    dates = [text for each in article.findall("pub-date") if (text := _day(each))]
    return min(dates, key=lambda text: (text[:4], -len(text)), default=None)


def _day(date: Element) -> str | None:
    year, *rest = (inner_text(date.find(name)) or "" for name in ("year", "month", "day"))
    known = []
    for part in rest:
        if not (part.isdecimal() and len(part) <= 2):
            break
        known.append(f"{int(part):02}")
    return "-".join([year, *known]) if year else date.get("iso-8601-date")


def _author(contributor: Element) -> dict[str, str]:
    if contributor.get("contrib-type", "author") != "author":
        return {}
    group = inner_text(contributor.find("collab"))
    if group:
        return {"literal": group}
    name = contributor.find(".//name")
    if name is None:
        whole = inner_text(contributor.find(".//string-name"))
        return {"literal": whole} if whole else {}
    parts = {"given": "given-names", "family": "surname", "suffix": "suffix"}
    return {part: text for part, tag in parts.items() if (text := inner_text(name.find(tag)))}
