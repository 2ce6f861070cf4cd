"""Normal forms of names, titles and ids: the keys under which written forms are one thing."""

import hashlib
import re
import unicodedata

# New ids (YYMM.NNNNN) and old ones (archive/YYMMNNN, perhaps with a subject class), as written in references and URLs.
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:(?:www|export)\.)?(?:arxiv\.org/(?:abs|pdf|html)|(?:huggingface\.co|hf\.co)/papers)/"
    r"|arxiv[:\s]\s*|(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.)?"
    r"(?:(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
    r"|(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?P<old>\d{2}(?:0[1-9]|1[0-2])\d{3}))"
    r"(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?/?",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S{1,500})", re.IGNORECASE)

# Works in catalogues other than arXiv's, as ids with their scheme and as URLs.
_WORKS = {
    "openalex": r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?|openalex:)(W\d+)",
    "s2": r"(?:https?://(?:www\.)?semanticscholar\.org/paper/(?:[^/\s]+/)?|s2:)([0-9a-f]{40})",
    "corpusid": r"corpusid:(\d+)",
    "openreview": r"(?:https?://openreview\.net/(?:forum|pdf)\?id=|openreview:)([\w-]+)",
    "acl": r"(?:https?://(?:www\.)?aclanthology\.org/|acl:)([\w.-]+?)(?:\.pdf|/)?",
    "pmid": r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:)(\d+)/?",
}
_WORK = {name: re.compile(pattern, re.IGNORECASE | re.ASCII) for name, pattern in _WORKS.items()}

_DOTS = re.compile(r"(?<!\d)\.|\.(?!\d)")
_BETWEEN = re.compile(r"(?:[^\w.+]|_)+")
_LONGEST = 300

_SEPARATORS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.+]|_")


def _fold(text: str) -> str:
    """Compatibility forms unified, accents dropped, lower case."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch)).casefold()


def name_key(name: str) -> str:
    """The letters, digits and plus signs of a name in lower case: CIFAR-10, "Cifar 10" and CIFAR10 share `cifar10`.

    A dot between digits stays, so that OPT-1.3B is not OPT-13B. A name without any of these keeps its folded text.
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    folded = _fold(name)
    kept = _SEPARATORS.sub("", folded)
    return kept if any(ch.isalnum() for ch in kept) else folded.strip()


def slug(name: str) -> str:
    """A readable URL part: lower-case words joined by hyphens, `+` and dots between digits kept: llama-3.1."""
    if name.isascii() and name.isalnum() and len(name) <= _LONGEST:
        return name.lower()
    folded = _DOTS.sub(" ", _fold(name))
    found = _BETWEEN.sub("-", folded).strip("-") or "-"
    if len(found) > _LONGEST:
        # What is cut off still tells: no index of an engine takes keys of any length.
        found = f"{found[:_LONGEST]}-{hashlib.sha256(found.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return found


def arxiv_id(text: str) -> str | None:
    """The arXiv id without version in an id, a URL, a DOI of arXiv's or an `arXiv:` reference, or None.

    Old ids lose their subject class: math.GT/0309136 is math/0309136.
    """
    found = _ARXIV.fullmatch(text.strip())
    if not found:
        return None
    return found["new"] or f"{found['archive'].lower()}/{found['old']}"


def arxiv_year(arxiv: str) -> int | None:
    """The year in a new-style arXiv id (2210.07316 -> 2022) or an old one (cs/0501001 -> 2005)."""
    digits = re.match(r"(?:[a-z.-]+/)?(\d{2})(\d{2})", arxiv, re.IGNORECASE)
    if not digits or not 1 <= int(digits.group(2)) <= 12:
        return None
    year = int(digits.group(1))
    return 1900 + year if year > 90 else 2000 + year


def arxiv_month(arxiv: str) -> str | None:
    """The month in an arXiv id as an ISO 8601 date (2210.07316 -> 2022-10), or None where it is no arXiv id."""
    if arxiv_id(arxiv) != arxiv:
        return None
    return f"{arxiv_year(arxiv)}-{arxiv.rpartition('/')[2][2:4]}"


def doi(text: str) -> str | None:
    """The DOI in lower case, without resolver, or None."""
    found = _DOI.fullmatch(text.strip())
    return found.group(1).lower().rstrip(".,;") if found else None


def work_id(text: str) -> str | None:
    """`scheme:id` of a work in OpenAlex, Semantic Scholar, OpenReview, the ACL Anthology or PubMed, or None."""
    found = ((scheme, pattern.fullmatch(text.strip())) for scheme, pattern in _WORK.items())
    return next((f"{scheme}:{match[1]}" for scheme, match in found if match), None)


def title_key(title: str) -> str:
    """The normalised title: its letters and digits in lower case."""
    return name_key(title)


def paper_key(title: str, arxiv: str | None = None, doi_: str | None = None) -> str:
    """The graph's key of a paper: arXiv id, else DOI, else `title/` and its slug."""
    return arxiv or doi_ or f"title/{slug(title)}"
