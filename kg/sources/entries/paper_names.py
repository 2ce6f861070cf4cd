"""Which parts of an entry's text are names of people, and which are a venue, a year or a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.sources.entries.vocabulary import words

# A capital letter within a word, as in names of teams but few of people: McDonald, DeVito, O'Hara, Jean-Luc.
_CAMEL = re.compile(r"^(?!Mac|Mc|De|Di|La|Le|Du|Van|Fitz|Al|El|O['’]|D['’])[^\W\d_]+[a-z][A-Z]")
# A few words in brackets before a title: `[ECCV 2020 spotlight]`.
_TAG = re.compile(r"\s*[\[(][^\[\]()]{4,40}[\])]\s*")
_AND = re.compile(r"\s*(?:[,;、，&·]|\band\b)\s*")
_OTHERS = re.compile(
    r"[,;&]?\s*(?:\band\s+)?(?:\bet\.?\s?al\b\.?|\bothers\b|\.{3}|…|等\s?\d*\s?人?)\.?\s*$", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}")
_EDGES = " \t,;:|*_–—-\0"
_BY = re.compile(r"^\W*(?:by|authors?|from)\b:?\s+", re.IGNORECASE)
_MARKS = re.compile(r"[*†‡§¶#✉∗]|\b\d{1,2}\b|[⁰¹²³⁴⁵⁶⁷⁸⁹]|\([^()]{0,200}\)|\\\*")
# Behind a name in brackets, with the star of whoever is to be written to.
_AFFILIATION = re.compile(r"\s*\((?![^()]*\bauthors?\b)[^()]{0,200}\)\*?|(?<=\w)\*+(?=\s*(?:[,;]|$))")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_ACRONYM = r"(?<![A-Za-z])[A-Z][A-Za-z]{0,20}[A-Z][A-Za-z*]{0,20}(?![A-Za-z])"
_VENUE = re.compile(
    rf"(?P<venue>(?:Findings of |In |Proc\. )?{_ACRONYM}"
    r"(?:(?:[/&@+-]| & | and |[ -](?=Findings|Workshops?|W\b))[A-Z][A-Za-z]+){0,4})"
    rf"(?:\s?[-_,]?\s?\(?(?P<year>{_YEAR})(?!\d)\)?|\s?[-_ ]?[’'‘`´]\s?(?P<short>\d\d)(?!\d)"
    r"|[- ]?(?P<bare>[0-4]\d)(?![\d.]))"
)
_KNOWN_VENUE = re.compile(rf"(?<![\w-])(?P<venue>{_ACRONYM})(?![\w-])")
_LONG_VENUE = re.compile(
    r"(?<!\w)(?:In:? )?(?P<venue>(?:Findings of|Proceedings of|Proc\. of|Proc\.|(?:The )?(?:\w+ ){0,3}Journal of"
    r"|Transactions|Trans\.|IEEE|ACM|International|Annual|Conference|Advances in|Nature|Science|Workshop|Springer"
    rf"|Neural|Pattern|Cell|PLoS|Frontiers|Artificial)\b[^;|()\[\]\x00]{{0,140}}?)[,. (]{{0,3}}(?P<year>{_YEAR})(?!\d)"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?P<year>{_YEAR})\s?[-/.年]\s?(?P<month>0?[1-9]|1[0-2])(?:\s?[-/.月]\s?(?P<day>0?[1-9]|[12]\d|3[01]))?(?![\w/-])"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMED_DATE = re.compile(
    r"(?<!\w)(?:(?P<before>[0-3]?\d)(?:st|nd|rd|th)?\s+)?(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s+(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+)?"
    rf"[’']?(?P<year>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?<![\w./-]){_YEAR}(?![\w/-])(?!\.\d)")
_PREPRINT = re.compile(r"\b(?:arxiv|corr|preprint|pre-print|biorxiv|medrxiv|ssrn)\b", re.IGNORECASE)
_SPACED = re.compile(r"[\s\[\](){}.,;:|*_`\"'“”–—\x00-]*")


_BEFORE = tuple(
    (pattern, re.compile(rf"[\s\[({{*_`|:,.-]*(?:{pattern.pattern})[\s\])}}*_`|:,.-]*", pattern.flags))
    for pattern in (_DATE, _NAMED_DATE, _VENUE, re.compile(_YEAR + r"(?!\w)"))
)


@dataclass(frozen=True, slots=True)
class Edition:
    """Where and when a text says that a paper appeared; `rest` is the text without it, parts separated by NUL."""

    venue: str | None
    venue_year: int | None
    date: str | None
    year: int | None
    rest: str


def edition(text: str) -> Edition:
    """Finds the venue with its year, a date and a year in the text of an entry without its title."""
    venue, venue_year, date, year = None, None, None, None
    for found in _dates(text):
        date = date or _iso(found)
        text = _without(text, found)
    if found_venue := _venue(text):
        match, venue_year = found_venue
        venue = match["venue"].removeprefix("In ")
        if _PREPRINT.search(venue):
            year, venue, venue_year = venue_year, None, None
        elif venue_year and re.search(r"\d", match[0][match.end("venue") - match.start() :]):
            venue = " ".join(match[0].strip(" (),").removeprefix("In ").split())
            venue = venue + ")" * (venue.count("(") - venue.count(")"))
        text = _without(text, match)
    if alone := _ALONE.search(text):
        year = venue_year or year or int(alone[0])
        text = _ALONE.sub("\0", text)
    return Edition(venue, venue_year, date, venue_year or year, text)


def year_of_heading(text: str) -> Edition | None:
    """The year, and the venue if there is one, of a heading that says nothing else, such as `2023` or `ACL 2023`."""
    found = edition(text)
    return found if found.year and not found.date and _SPACED.fullmatch(_PREPRINT.sub("", found.rest)) else None


def is_edition(text: str) -> bool:
    """Whether a text is only a venue, a year or a date: `[CVPR 2024]`."""
    found = edition(text)
    nothing = _SPACED.fullmatch(_PREPRINT.sub("", found.rest)) is not None
    return nothing and bool(found.venue or found.year or found.date or _PREPRINT.search(text))


def is_known_edition(text: str) -> bool:
    """Whether a text is only a conference or journal that is known by its short name, with a year."""
    found = edition(text)
    return (
        is_edition(text)
        and found.year is not None
        and bool(found.venue and _is_known(re.split(r"[\s'’-]", found.venue)[0]))
    )


def is_preprint(text: str) -> bool:
    """Whether a text only says that a paper is a preprint: `arXiv`, `arXiv 2024`, `Preprint`."""
    return _PREPRINT.search(text) is not None and not re.search(r"[^\W\d_]", _PREPRINT.sub("", text))


def without_edition_before(text: str) -> str:
    """A text without the venue, year or date at its beginning, such as `2023-06,` or `[ACL'23]`."""
    for pattern, before in _BEFORE:
        found = before.match(text)
        if found and (pattern is not _VENUE or _venue(found[0])):
            return text[found.end() :]
    tag = _TAG.match(text)
    return text[tag.end() :] if tag and edition(tag[0]).year else text


def are_names(text: str, alone: bool = False) -> bool:
    """Whether a text is a list of names of people.

    Args:
        text: the text.
        alone: whether the place says that names stand there, so that a single name will do.
    """
    text = _BY.sub("", " ".join(text.split()).strip(_EDGES))
    others = _OTHERS.search(text)
    listed = [part for part in _AND.split(_MARKS.sub("", text[: others.start()] if others else text).strip()) if part]
    if not listed or len(text) > 20_000 or not all(map(_may_be_name, listed)):
        return False
    full = sum(" " in part.strip() for part in listed) + _han(listed)
    initials = sum(_INITIALS.fullmatch(part.strip()) is not None for part in listed)
    if others or (initials and 2 * initials >= len(listed) - 1 and len(listed) > 1):
        return True
    return full >= (1 if alone else 2) and full >= len(listed) - 1


def _han(listed: Sequence[str]) -> int:
    """How many of several names are written in Chinese; a single short text may say anything."""
    return sum(_HAN_NAME.fullmatch(part.strip()) is not None for part in listed) if len(listed) > 1 else 0


def names_in(text: str) -> str:
    """The list of names without the words and signs around it."""
    text = _BY.sub("", " ".join(text.split()).strip(_EDGES)).strip()
    text = re.sub(r"\s*等\s?\d*\s?人?$", " et al.", _AFFILIATION.sub("", text))
    return re.sub(r"(?<=[^\W\d_]{2})\.$", "", text) if not _OTHERS.search(text) else text


def _may_be_name(part: str) -> bool:
    pieces = part.split()
    if not 1 <= len(pieces) <= 6 or len(part) > 60 or not any(ch.isalpha() for ch in part):
        return False
    if _HAN_NAME.fullmatch(part):
        return True
    return all(
        piece.lower() in words("particles")
        or (
            (piece[0].isupper() or piece[:2].lower() in {"d'", "o'", "d’", "o’"})
            and re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['’.‐-])*", piece) is not None
            and piece.strip(".").lower() not in words("not_names")
            and not (piece.isupper() and len(piece) > 2 and not part.isupper())
            and not (piece.isupper() and len(piece) > 3 and len(pieces) == 1)
            and not _CAMEL.search(piece)
        )
        for piece in pieces
    )


def _dates(text: str) -> Iterator[re.Match[str]]:
    found = _DATE.search(text) or _NAMED_DATE.search(text)
    if found:
        yield found


def _iso(found: re.Match[str]) -> str:
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    day = found["day"] or (found.re is _NAMED_DATE and found["before"])
    return f"{found['year']}-{number:02}" + (f"-{int(day):02}" if day else "")


def _venue(text: str) -> tuple[re.Match[str], int | None] | None:
    for found in _VENUE.finditer(text):
        short = found["short"] or found["bare"]
        known = _is_known(found["venue"])
        if (found["bare"] and not known) or not (known or _stands_alone(text, found)):
            continue
        return found, int(found["year"] or f"{'20' if int(short) < 50 else '19'}{short}")
    if found_long := _LONG_VENUE.search(text):
        return found_long, int(found_long["year"])
    known_ones = (found for found in _KNOWN_VENUE.finditer(text) if _is_known(found["venue"]))
    found_known = next((found for found in known_ones if _stands_alone(text, found)), None)
    return (found_known, None) if found_known else None


def _is_known(venue: str) -> bool:
    plain = venue.lower().removeprefix("in ").removeprefix("findings of ").removeprefix("proc. ")
    return plain in words("venues") or re.split(r"[/&@+ -]", plain)[0] in words("venues")


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return (not before or before[-1] in '[({,.;:|*_`"-–—\0') and (not after or after[0] in '])},.;:|*_`"-–—\0<(')


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}\0{text[found.end() :]}"
