"""Identifiers as people and publishers write them: arXiv ids, DOIs, ids of other catalogues, code repositories."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from kg.text.keys import title_key

# Archives of the time before April 2007, which stand in their ids.
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    "|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph"
    "|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# New ids (YYMM.NNNNN) and old ones (archive/YYMMNNN, perhaps with a subject class), as written in references and URLs.
_ARXIV_ID = (
    r"(?:(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
    rf"|(?P<archive>{_ARCHIVES})(?:\.[a-z]{{2}})?/(?P<old>\d{{2}}(?:0[1-9]|1[0-2])\d{{3}}))"
)
_ARXIV_PAGES = (
    r"(?:(?:ar[x5]iv|alphaxiv)\.org/(?:abs|pdf|html|format|ps)|xxx\.lanl\.gov/(?:abs|pdf|ps)"
    r"|(?:huggingface\.co|hf\.co)/papers)/"
)
_ARXIV_DOI = r"10\.48550/arxiv\."
_ARXIV = re.compile(
    rf"(?:(?:https?://)?(?:(?:www|export|browse|ar5iv\.labs)\.)?{_ARXIV_PAGES}|abs/"
    rf"|(?:oai:arxiv\.org|arxiv)[:\s]\s*|(?:(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|doi:\s*)?{_ARXIV_DOI})?"
    rf"{_ARXIV_ID}(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?/?(?:[?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)
_MARKED = re.compile(
    rf"(?:(?:https?://(?:[a-z\d]{{1,10}}\.){{0,2}})?{_ARXIV_PAGES}|{_ARXIV_DOI}|\babs/|\bcorr,?\s(?:vol\.?\s)?(?:abs/)?"
    r"|\barxiv(?:\s?(?:e-?|pre-?)?prints?)?(?:\sid(?:entifier)?)?(?:[:.,]\s?|\s)(?:\[[\w.-]{2,20}\]\s?|arxiv:\s?|abs/)?)"
    rf"{_ARXIV_ID}(?![\d/])",
    re.IGNORECASE | re.ASCII,
)
# What stands before the id of another paper: "extended version of arXiv:…", not "available on arXiv:…".
_OF_ANOTHER = re.compile(
    r"\b(?:of|to|on|from|in|by|with|see|also|cf|extends|supersedes|replaces|corrects|than|into)\b(?:\s?\\url)?[\s.:,({]{0,4}$",
    re.IGNORECASE | re.ASCII,
)
_ON_ARXIV = re.compile(
    r"\b(?:available|posted|published|uploaded|submitted|deposited|accessible|appeared?|found|online|(?:e-?|pre-?)?prints?)"
    r"(?:\salso)?\s(?:online\s)?(?:on|to|from|in)(?:\s?\\url)?[\s:{]{0,3}(?:the\s)?$",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_NOTE = 2000
_NEXT_YEAR = datetime.now(UTC).year - 1999
"""The last two digits of next year, the last one of which an id may be."""
# Ids of which a spreadsheet made numbers: leading zeros of the year and trailing ones of the number are gone.
_ARXIV_NUMBER = re.compile(r"(\d{3,4})\.(\d{1,5})", re.ASCII)

# Also within publishers' URLs.
_DOI = re.compile(
    r"(?:https?://(?:(?:dx\.|www\.)?doi\.org|[\w.-]+/(?:doi|article|chapter)(?:/(?:abs|e?pdf|full|fullhtml))?)/"
    r"(?P<address>10\.\d{4,9}(?:/|%2F)[^\s?#]{1,500})(?:[?#]\S*)?"
    r"|(?:(?:(?:dx|www)\.)?doi\.org/|doi:\s*)?(?P<plain>10\.\d{4,9}/\S{1,500}))",
    re.IGNORECASE,
)
# In a field of several DOIs: what parts them, what stands around each, and what TeX writes for a character.
_NEXT_DOI = re.compile(
    r"(?:^|[ ;,|]{1,3}(?:(?:and|or|&) )?)"
    r"(?=[\[({<]?(?:https?://[\w.]{1,60}/(?:doi/)?|(?:dx\.)?doi\.org/|doi:? ?)?10\.\d{4,9}(?:/|%2F))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[;,|](?:doi:|https?://\S{1,60}/)?10\.\d{4,9}/", re.IGNORECASE)
_TEX_ESCAPE = re.compile(r"\{?\\([_%&#<>])\}?")

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
_WORK_MARK = re.compile(r"openalex|s2:|semanticscholar|corpusid:|openreview|acl|pmid:|pubmed", re.IGNORECASE)
# The case in which ids are kept where case makes no difference.
_WORK_CASE = {"openalex": str.upper, "s2": str.lower}

_CODE_HOST = re.compile(
    r"(?:^|\.)(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|codeberg\.org|sourceforge\.net|gitee\.com|sr\.ht)$|^gitlab\."
)


def arxiv_id(text: str) -> str | None:
    """The arXiv id without version in an id, a URL, an arXiv DOI or an `arXiv:` reference, or None.

    Old ids lose their subject class: math.GT/0309136 is math/0309136.
    """
    found = _ARXIV.fullmatch(text.strip())
    return _possible(found) if found else None


def arxiv_id_within(text: str) -> str | None:
    """The one arXiv id that a short text, such as a note or the name of a journal, marks as arXiv's, or None.

    Marks are `arXiv:`, `abs/`, `CoRR`, an address or a DOI of arXiv. An id of another paper ("extended version of
    arXiv:…") is none, and so are two ids.
    """
    if len(text) > _LONGEST_NOTE:
        return None
    found = set()
    for marked in _MARKED.finditer(text):
        before = text[max(marked.start() - 40, 0) : marked.start()]
        if _OF_ANOTHER.search(before) and not _ON_ARXIV.search(before):
            continue
        found.add(_possible(marked))
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def arxiv_id_from_number(text: str) -> str | None:
    """The arXiv id of which a spreadsheet made a number, with its zeros (704.0001 -> 0704.0001), or None."""
    found = _ARXIV_NUMBER.fullmatch(text.strip())
    if not found:
        return None
    month = found[1].zfill(4)
    return arxiv_id(f"{month}.{found[2].ljust(_digits(month), '0')}")


def _digits(month: str) -> int:
    """How many digits follow the dot in ids of a month (YYMM)."""
    return 5 if month >= "1501" else 4


def _possible(found: re.Match[str]) -> str | None:
    """The id that was found, or None where arXiv cannot have given it."""
    new: str | None = found["new"]
    if not new:
        # From July 1991 to March 2007.
        old: str = found["old"]
        return f"{found['archive'].lower()}/{old}" if old[:4] <= "0703" or old[:4] >= "9107" else None
    month, number = new.split(".")
    possible = month >= "0704" and len(number) == _digits(month) and number.strip("0")
    return new if possible and int(month[:2]) <= _NEXT_YEAR else None


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


def dois(text: str) -> tuple[str, ...]:
    r"""The DOIs in a field that may hold several, in lower case and without resolvers; `\_` of TeX is an underscore."""
    text = " ".join(_TEX_ESCAPE.sub(r"\1", text).split())
    one = doi(text)
    if one and not _SEVERAL.search(one):
        return (one,)
    parts = (re.sub("doi:? ", "doi:", part.strip(" [({<"), flags=re.IGNORECASE) for part in _NEXT_DOI.split(text))
    return tuple(dict.fromkeys(filter(None, (doi(_unbracketed(part.partition(" ")[0])) for part in parts))))


def _unbracketed(text: str) -> str:
    """A text without the brackets at its end that it does not open."""
    text = text.rstrip(".,;")
    while text and text[-1] in ")]}>" and text.count(text[-1]) > text.count("([{<"[")]}>".index(text[-1])]):
        text = text[:-1].rstrip(".,;")
    return text


def work_id(text: str) -> str | None:
    """`scheme:id` of a work in OpenAlex, Semantic Scholar, OpenReview, the ACL Anthology or PubMed, or None."""
    # Most ids and addresses are arXiv's and of none of these.
    if not _WORK_MARK.search(text):
        return None
    found = ((scheme, pattern.fullmatch(text.strip())) for scheme, pattern in _WORK.items())
    return next((f"{scheme}:{_WORK_CASE.get(scheme, str)(match[1])}" for scheme, match in found if match), None)


def identity_from_id(text: str) -> str | None:
    """The identity of the paper that an id, URL or DOI names: `arxiv:…`, `doi:…` or the like; None for a title."""
    found_doi = doi(text)
    arxiv = arxiv_id(found_doi or text)
    if arxiv:
        return f"arxiv:{arxiv}"
    return f"doi:{found_doi}" if found_doi else work_id(text)


def identity(reference: str) -> str:
    """The identity of the paper that a reference names, by id, URL or DOI, else by its title as `title:…`."""
    return identity_from_id(reference) or f"title:{title_key(reference.removeprefix('title/'))}"


def is_code_host(host: str) -> bool:
    """Whether a host, in lower case without `www.`, serves code repositories."""
    return _CODE_HOST.search(host) is not None


def repository(url: str) -> str | None:
    """`host/owner/name` in lower case of a code repository's URL, or None."""
    parts = urlsplit(url.lower())
    host = parts.netloc.removeprefix("www.")
    path = [part for part in parts.path.split("/") if part]
    if not is_code_host(host) or len(path) < 2 or parts.netloc.startswith("gist."):
        return None
    return f"{host}/{path[0]}/{path[1].removesuffix('.git')}"
