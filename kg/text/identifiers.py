"""Identifiers as people and publishers write them: arXiv ids, DOIs, ids of other catalogues, code repositories."""

import re
from urllib.parse import urlsplit

from kg.text.keys import title_key

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
# Also within publishers' URLs.
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
