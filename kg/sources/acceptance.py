"""Where a paper was published, as its authors' comments on it say."""

import re
from collections.abc import Iterator

from kg.knowledge.venue_catalogue import known_venue, load_venues

_LONGEST = 1000
"""Characters of a comment that are looked at."""
_LONGEST_CLAUSE = 200

_ACCEPTED = re.compile(
    r"(?<!not )(?<!yet )\b(?:accepted|to appear|appear(?:s|ed|ing)?|published|camera[- ]ready(?: version)?)\b"
    r"(?: (?:as|an?|the|full|short|long|regular|oral|poster|spotlight|conference|workshop|journal|main|papers?|version"
    r"|presentation|publication|article|for|of)){0,8}:? (?:at|in|by|to|for|as part of)\b:? ?(?P<clause>[^;\n]+)",
    re.IGNORECASE,
)
_ACCEPTED_BEHIND = re.compile(r"(?P<clause>[^,;.\n]+?)[ ,(:-]{1,3}(?:camera[- ]ready|accepted)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|['’]\d\d")
_END = re.compile(r"\.(?=\s+[A-Z]|\s*$)|\bhttps?:|\bcode\b", re.IGNORECASE)
_NOT_THERE = re.compile(r"\b(?:submitted|submission|under review|rejected|withdrawn)\b", re.IGNORECASE)


def venue_in_comment(text: str) -> str | None:
    """The words of a comment that name the venue that has accepted the paper, such as `ACL 2019`; None without any.

    Only a venue that is known counts, and only where the comment says accepted, to appear, published or camera-ready.
    A workshop is named as such, with the conference that it is held at.
    """
    text = text[:_LONGEST]
    for pattern in (_ACCEPTED, _ACCEPTED_BEHIND):
        for found in pattern.finditer(text):
            clause = " ".join(_END.split(found["clause"][:_LONGEST_CLAUSE])[0].split())
            if not _NOT_THERE.search(clause) and (named := _named(clause)):
                return named
    return None


def _named(clause: str) -> str | None:
    """The part of a clause that names a known venue, or a workshop at one."""
    first = clause.split(",")[0].strip()
    if load_venues().is_beside(first):
        words = (word.strip("()[]'’:.") for word in re.split(r"[\s@/,]+", first))
        at_known = any(word and (known := known_venue(word)) and known.kind == "conference" for word in words)
        return first if known_venue(first) or at_known else None
    return next((part for part in _parts(clause) if _is_publisher(part)), None)


def _parts(clause: str) -> Iterator[str]:
    """What may be the whole name of a venue, the longest first."""
    yield clause
    yield clause.split(",")[0].strip()
    year = _YEAR.search(clause)
    if year:
        yield clause[: year.end()]
    yield clause.split("(")[0].strip()


def _is_publisher(text: str) -> bool:
    known = known_venue(text) if text else None
    return known is not None and known.kind not in ("series", "preprints")
