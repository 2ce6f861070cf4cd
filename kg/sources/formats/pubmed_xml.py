"""PubMed's XML."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import inner_text, xml_records, xml_root
from kg.text.titles import without_full_stop

NAME = "pubmed-xml"
DESCRIPTION = "PubMed's XML"

_ROOTS = {"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet"}
_RECORDS = {"PubmedArticle", "PubmedBookArticle", "MedlineCitation"}

FIELDS: Fields = {
    "id": (scheme("pmid:", "PMID"),),
    "title": ("ArticleTitle", "BookTitle", "VernacularTitle"),
    "abstract": ("Abstract",),
    "published": ("PubDate", "ArticleDate"),
    "authors": ("AuthorList",),
    "doi": ("doi",),
    "venue": ("Journal", "BookTitle"),
    "kind": ("kind",),
    "references": ("ReferenceList",),
}


def recognises(head: Head) -> Fit:
    """Certain by the name of the outermost element, or by those of records in one of another name."""
    root = xml_root(head)
    records = "<PubmedArticle>" in head.text and "<MedlineCitation" in head.text
    return Fit.CERTAIN if root in _ROOTS | _RECORDS or (root and records) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; see `kg.sources.format.Format`."""
    for found in xml_records(source, _RECORDS):
        if isinstance(found, Problem):
            yield found
        else:
            yield from papers(_record(found.element), FIELDS, NAME, source, found.line)


def _record(element: Element) -> dict[str, object]:
    """What is said of the paper itself: its references and comments have ids and authors too."""
    citation = next((each for each in element.iter() if each.tag in ("MedlineCitation", "BookDocument")), element)
    article = citation.find("Article")
    if article is None:
        article = citation
    book = citation.find("Book")
    title = inner_text(article.find("ArticleTitle"))
    record: dict[str, object | None] = {
        "PMID": inner_text(citation.find("PMID")),
        "ArticleTitle": without_full_stop(title) if title else None,
        "VernacularTitle": inner_text(article.find("VernacularTitle")),
        "BookTitle": inner_text(citation.find("Book/BookTitle")),
        "Abstract": _abstract(article.find("Abstract")),
        "PubDate": _date(_first(citation, "Article/Journal/JournalIssue/PubDate", "Book/PubDate")),
        "ArticleDate": _date(article.find("ArticleDate")),
        "AuthorList": _authors(article) or (_authors(book) if book is not None else []),
        "Journal": inner_text(_first(citation, "Article/Journal/Title", "Article/Journal/ISOAbbreviation")),
        "doi": _dois(element, article),
        "kind": "article" if book is None else "chapter" if title else "book",
        "ReferenceList": [_reference(each) for each in element.findall("PubmedData/ReferenceList//Reference")],
    }
    return {name: value for name, value in record.items() if value}


def _first(element: Element, *paths: str) -> Element | None:
    return next((found for path in paths if (found := element.find(path)) is not None), None)


def _abstract(abstract: Element | None) -> str | None:
    """The abstract with the headings of its sections, as PubMed shows them."""
    sections = [] if abstract is None else abstract.findall("AbstractText")
    texts = [(section.get("Label"), inner_text(section)) for section in sections]
    return " ".join(f"{label}: {text}" if label else text for label, text in texts if text) or None


def _date(date: Element | None) -> str | None:
    """`2019 Jun 12`, as far as it is known, or what stands instead."""
    if date is None:
        return None
    parts = [inner_text(date.find(name)) for name in ("Year", "Month", "Day")]
    return " ".join(filter(None, parts)) or inner_text(date.find("MedlineDate"))


def _authors(article: Element) -> list[dict[str, str]]:
    lists = [each for each in article.findall("AuthorList") if each.get("Type", "authors") == "authors"]
    return [name for each in lists for author in each.findall("Author") if (name := _author(author))]


def _author(author: Element) -> dict[str, str]:
    group = inner_text(author.find("CollectiveName"))
    if group:
        return {"literal": group}
    names = {"family": "LastName", "given": "ForeName", "suffix": "Suffix"}
    name = {part: text for part, tag in names.items() if (text := inner_text(author.find(tag)))}
    initials = inner_text(author.find("Initials"))
    return {"given": initials, **name} if initials else name


def _dois(element: Element, article: Element) -> list[str]:
    own = element.findall("PubmedData/ArticleIdList/ArticleId[@IdType='doi']")
    own += element.findall("BookDocument/ArticleIdList/ArticleId[@IdType='doi']")
    own += article.findall("ELocationID[@EIdType='doi']")
    return [doi for each in own if (doi := inner_text(each))]


def _reference(reference: Element) -> dict[str, str]:
    ids = {each.get("IdType"): inner_text(each) for each in reference.findall("ArticleIdList/ArticleId")}
    pubmed, doi = ids.get("pubmed"), ids.get("doi")
    return {name: value for name, value in (("doi", doi), ("id", f"pmid:{pubmed}" if pubmed else None)) if value}
