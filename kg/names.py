"""Normal forms of names, titles and ids: the keys under which written forms are one thing."""

import hashlib
import html
import re
import unicodedata

# New ids (YYMM.NNNNN) and old ones (archive/YYMMNNN, perhaps with a subject class), as written in references and URLs.
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:(?:www|export|browse|ar5iv\.labs)\.)?"
    r"(?:(?:ar[x5]iv|alphaxiv)\.org/(?:abs|pdf|html)|(?:huggingface\.co|hf\.co)/papers)/|abs/"
    r"|(?:oai:arxiv\.org|arxiv)[:\s]\s*|(?:(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.)?"
    r"(?:(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
    r"|(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?P<old>\d{2}(?:0[1-9]|1[0-2])\d{3}))"
    r"(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?/?(?:[?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)
# Also as publishers' addresses hold it.
_DOI = re.compile(
    r"(?:https?://(?:(?:dx\.|www\.)?doi\.org|[\w.-]+/(?:doi|article|chapter)(?:/(?:abs|e?pdf|full|fullhtml))?)/"
    r"(?P<address>10\.\d{4,9}(?:/|%2F)[^\s?#]{1,500})(?:[?#]\S*)?"
    r"|(?:(?:(?:dx|www)\.)?doi\.org/|doi:\s*)?(?P<plain>10\.\d{4,9}/\S{1,500}))",
    re.IGNORECASE,
)

# Works in catalogues other than arXiv's, as ids with their scheme and as URLs.
_WORKS = {
    "openalex": r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?|openalex:)(W\d+)",
    "s2": r"(?:https?://(?:www\.)?semanticscholar\.org/paper/(?:[^/\s]+/)?|s2:)([0-9a-f]{40})",
    "corpusid": r"(?:https?://api\.semanticscholar\.org/)?corpusid:(\d+)",
    "openreview": r"(?:https?://openreview\.net/(?:forum|pdf)\?id=|openreview:)([\w-]+)(?:[&#]\S*)?",
    "acl": r"(?:https?://(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/|acl:)([\w.-]+?)(?:\.pdf|/)?",
    "pmid": r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:)(\d+)/?",
}
_WORK = {name: re.compile(pattern, re.IGNORECASE | re.ASCII) for name, pattern in _WORKS.items()}
# Of ids that are the same in either case, the one that is used.
_WORK_CASE = {"openalex": str.upper, "s2": str.lower}

# Markup that titles and abstracts of catalogues carry (HTML, JATS, MathML).
_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z-]{1,30}|inline-formula|tex-math|italic|bold|strong|span|math|m(?:row|su[bp]|[ino])|su[bp]"
    r"|scp|em|tt|br|[biup])(?:\s[\w:-]{1,30}=\"[^\"<>]{0,200}\"){0,9}/?>",
    re.IGNORECASE,
)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE | re.ASCII)
# What TeX says of looks alone, accents, and symbols that are no letters: in Unicode none of it is part of a key.
_TEX = re.compile(
    r"\\(?:(?:(?:text|math)(?:bf|it|tt|sc|rm|sf|bb|cal|frak|scr|up|normal|superscript|subscript)?|emph|boldsymbol|bm"
    r"|underline|operatorname|ensuremath|mbox|bf|it|em|rm|tt|sc|small|left|right|xspace|star|circ|cdot|pm|neq?|to"
    r"|(?:right|left|leftright)arrow|sim|approx|[lg]eq?|l?dots|infty|times)(?![A-Za-z])"
    r"|var(?=epsilon|theta|pi|rho|sigma|phi)|el(?=l(?![A-Za-z]))|[cvuHrkdb](?=[\s{]))"
)
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon"
)
# Greek letters as TeX names them, and letters that Unicode does not take apart.
_LETTERS = {
    ord(letter): name
    for place, name in enumerate(_GREEK.split())
    for letter in {chr(ord("α") + place), chr(ord("α") + place).upper()}
} | str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"})

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
    if not found:
        return None
    written: str = found["plain"] or found["address"].replace("%2F", "/").replace("%2f", "/")
    return written.lower().rstrip(".,;")


def work_id(text: str) -> str | None:
    """`scheme:id` of a work in OpenAlex, Semantic Scholar, OpenReview, the ACL Anthology or PubMed, or None."""
    found = ((scheme, pattern.fullmatch(text.strip())) for scheme, pattern in _WORK.items())
    return next((f"{scheme}:{_WORK_CASE.get(scheme, str)(match[1])}" for scheme, match in found if match), None)


def without_markup(text: str) -> str:
    """A text without the tags and character references of HTML, JATS and MathML."""
    if "&" in text:
        text = _CHARACTER.sub(lambda reference: html.unescape(reference[0]), text)
    return _TAG.sub("", text) if "<" in text else text


def title_key(title: str) -> str:
    r"""The normalised title: its letters and digits in lower case, however it is marked up.

    `$\alpha$-VAE`, `α-VAE` and `alpha-VAE` are one, as are `\textbf{X}`, `<b>X</b>` and `X`.
    """
    title = _TEX.sub("", without_markup(title))
    return name_key(title if title.isascii() else unicodedata.normalize("NFKC", title).translate(_LETTERS))


def paper_key(title: str, arxiv: str | None = None, doi_: str | None = None) -> str:
    """The graph's key of a paper: arXiv id, else DOI, else `title/` and its slug."""
    return arxiv or doi_ or f"title/{slug(title)}"
