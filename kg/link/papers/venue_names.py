"""From what a source writes of where a paper was published to a venue and the year of its edition."""

import re
from functools import lru_cache
from typing import NamedTuple

from kg.knowledge.venue_catalogue import known_venue, load_venues, place_names, plain_path
from kg.schema import Paper, Value
from kg.text.keys import name_key, slug

_LONGEST = 300
"""Characters of a name of a venue; what is longer is cut."""
_DISTINCT_TEXTS = 1 << 16
"""Texts whose venue is remembered: sources write few texts, each many times."""
_WORDS_OF_A_TOWN = 2

_RUN_TOGETHER = re.compile(r"(?<=[A-Za-z]\.)(?=[A-Z])|(?<=\b[A-Z])(?=\d)")
"""Where the parts of `Phys.Rev.D76` meet."""
_YEAR = re.compile(r"(?<![\d.:])(?<!\d-)(?:19[5-9]\d|20\d\d)(?!\d|[.:]\d|-\d{3})")
_YEAR_OF_ACRONYM = re.compile(r"(?<!COVID)(?<=[A-Z]{3})-(\d\d)\b")
_SHORT_YEAR = re.compile(r"['’‘`]\s?(\d\d)\b")
_PAGES = re.compile(
    r"\b(?:pp?|pages?)\b\.?\s*\w*\d[\w.]*(?:\s*[-–—]+\s*\w*\d\w*)?|:\s*\w?\d[\w.]*\s*[-–—]+\s*\w*\d\w*"
    r"|\b\d+\s*\(\d{1,3}(?:[-–]\d+)?\)|(?<![A-Za-z]-)\b\d{1,4}\s*[-–—]+\s*\d{1,5}\b(?!\s*,?\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"\b(?:volume|vol|number|no|issue|part|art(?:icle)?)s?\b\.?\s*#?\s*(?:\d[\w.-]*|[IVXLC]+\b)", re.IGNORECASE
)
_DAY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s*[-–—]*\s*)*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?:\s*\d{1,2}(?:st|nd|rd|th)?\b)?"
    r"(?:\s*[-–—]+\s*\d{1,2}(?:st|nd|rd|th)?\b)?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?(?:first|second|third"
    r"|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?:(?:in|in:|the|published in|accepted (?:at|by|to|for|in)|to appear (?:in|at)|appears? in|presented at"
    r"|(?:online |conference )?proceedings(?: of| on)?|proc\.?(?: of)?)\s+)+(?=\S)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;]\s*|\s[-–—]+\s|--+")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_PART_OF_EDITION = re.compile(
    r"(?:(?:long|short|regular|full|industry|system|demo|demonstrations?|posters?|oral|spotlight|technical|selected|revised"
    r"|papers?|tracks?|proceedings|and|\d+)\W*)+",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:conference|conf|workshop|symposium|meeting|congress|colloquium|seminar|school)\b", re.IGNORECASE
)
_DOMAIN = re.compile(r"\.(?:cc|org|com|net|io|ai)\b")
_ADDRESS = re.compile(r"^(?:https?://|www\.|doi:|10\.\d{4})", re.IGNORECASE)
_PROCEEDINGS_OF_A_SOCIETY = re.compile(
    r"proceedings of the (?:\w+ ){0,2}(?:society|academy|institut\w+|association)\b", re.IGNORECASE
)
_NOTHING = re.compile(r"(?!)")
_ARXIV_CLASS = re.compile(r"([a-z][a-z-]*)\.([a-z][a-z-]*)", re.IGNORECASE)


_PUBLICATION_RECORDS = frozenset("bibtex ris csl-json crossref nbib pubmed endnote zotero dblp acl-anthology".split())
"""Sources whose year is that of the publication, and never that of a preprint of it."""
_PREPRINT_DOI = "10.48550/"


class VenueName(NamedTuple):
    """A venue as a text names it.

    Attributes:
        id: of the node.
        name: the catalogue's, or the text's without what tells one edition, volume or page from another.
        year: of the edition, if the text says it.
    """

    id: str
    name: str
    year: int | None

    def packed(self) -> str:
        """Id, year and name as one text, with tabs between them."""
        return f"{self.id}\t{self.year or ''}\t{self.name}"


def publication(paper: Paper) -> VenueName | None:
    """Where a record says that its paper was published, and in which edition; None if it names no venue.

    The year is the record's own where its source is a record of the publication and says no year of the edition.
    """
    found = venue_of(paper.venue) if paper.venue else None
    if found is None:
        return None
    of_publication = paper.source in _PUBLICATION_RECORDS or (
        paper.doi is not None and not paper.doi.startswith(_PREPRINT_DOI) and paper.arxiv_id is None
    )
    return found._replace(year=paper.venue_year or found.year or (paper.year if of_publication else None))


def venue_node(identifier: str, name: str) -> dict[str, Value]:
    """The properties of the node of a venue: also the names of the catalogue, by which it is found."""
    known = load_venues().by_name.get(name)
    aliases = list(known.aliases) if known else []
    keys = sorted({name_key(each) for each in (name, *aliases)} - {""})
    return {"id": identifier, "name": name, "aliases": aliases, "keys": keys}


@lru_cache(maxsize=_DISTINCT_TEXTS)
def venue_of(text: str) -> VenueName | None:
    """The venue that a text names, as sources write it, with the year of the edition.

    None for what is no venue: a submission, a preprint server, an address. A venue that the catalogue does not know
    gets a name of its own, without volume, pages, year, place and ordinal.
    """
    text = _RUN_TOGETHER.sub(" ", text)
    if _ADDRESS.match(text) or load_venues().is_unpublished(text):
        return None
    known = known_venue(text)
    if known and known.kind == "preprints":
        return None
    name = known.name if known else _own_name(text)
    return VenueName(f"venue/{slug(name)}", name, edition_year(text)) if name else None


def edition_year(text: str) -> int | None:
    """The year that a text about a venue says, which is not one of its pages or its volume."""
    text = plain_path(text)
    short = _SHORT_YEAR.search(text)
    bare = _VOLUME.sub(" ", _PAGES.sub(" ", text))
    if not short and (found := _YEAR.search(bare)):
        return int(found[0])
    if short := short or _YEAR_OF_ACRONYM.search(text):
        digits = int(short[1])
        return 1900 + digits if digits > 50 else 2000 + digits
    return None


def category_name(text: str) -> str:
    """A subject class as its scheme writes it: `cs.CL`, `cond-mat.mtrl-sci`; other texts as they are."""
    found = _ARXIV_CLASS.fullmatch(text.strip())
    if not found:
        return " ".join(text.split())
    archive, subject = found[1].lower(), found[2]
    return f"{archive}.{subject.upper() if len(subject) == 2 else subject.lower()}"


def category_id(text: str) -> str:
    """The id of the node of a subject class: `category/cs.cl`."""
    name = category_name(text)
    return f"category/{name.lower() if _ARXIV_CLASS.fullmatch(name) else slug(name)}"


def _own_name(text: str) -> str | None:
    """A name for a venue that the catalogue does not know; None if nothing is left of the text."""
    text = text[: 2 * _LONGEST]
    if "/" in text and " " not in text:
        text = _DOMAIN.sub("", text.replace("/", " ").replace("_", " "))
    event = _EVENT.search(text) is not None
    before = _NOTHING if _PROCEEDINGS_OF_A_SOCIETY.match(text) else _BEFORE
    text = _BRACKETS.sub(lambda found: "" if _is_edition(found[1]) else found[0], text)
    text = before.sub("", text.strip())
    text = _VOLUME.sub(" ", _PAGES.sub(" ", text))
    text = _ORDINAL.sub(" ", _SHORT_YEAR.sub(" ", _YEAR.sub(" ", text)))
    parts = [
        bare for part in _SEPARATOR.split(text) if (bare := _trimmed(part)) and not _PART_OF_EDITION.fullmatch(bare)
    ]
    if event:
        parts = _without_place([bare for part in parts if (bare := _trimmed(_DAY.sub(" ", part)))])
    name = _trimmed(before.sub("", ", ".join(parts)))[:_LONGEST].strip()
    return name if sum(ch.isalpha() for ch in name) > 1 else None


def _is_edition(inside: str) -> bool:
    """Whether brackets hold only the acronym, year or number of an edition, or a part of it."""
    return (
        any(ch.isdigit() for ch in inside)
        or _PART_OF_EDITION.fullmatch(inside) is not None
        or (" " not in inside.strip() and sum(ch.isupper() for ch in inside) > 1)
    )


def _trimmed(text: str) -> str:
    """A part of a name on one line, without numbers and punctuation at its ends."""
    text = re.sub(r"(?:[\s,:;]+\d[\d./-]*)+\W*$", "", " ".join(text.split()))
    text = text.strip(" ,;:-–—/'’‘\"“”")
    return text if re.search(r"\b\w{1,5}\.$", text) else text.rstrip(".")


def _without_place(parts: list[str]) -> list[str]:
    """The parts of the line of a conference without the country, and town and state before it, that end it."""
    places = place_names()
    if len(parts) > 1 and parts[-1].casefold() in places:
        parts = parts[:-1]
        while len(parts) > 1 and not _EVENT.search(parts[-1]) and len(parts[-1].split()) <= _WORDS_OF_A_TOWN:
            parts = parts[:-1]
    return parts
