"""Reads facts out of free text: BibTeX entries, arXiv links, "Title" <link> references, "Long Form (ABC)"."""

import re

from entry import Paper

ARXIV = re.compile(r"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)(\d{4}\.\d{4,5})", re.IGNORECASE)
BIBTEX = re.compile(r"@\w+\s*\{[^@]*", re.DOTALL)
BIBTEX_TITLE = re.compile(r"(?<![a-z])title\s*=\s*[\{\"](.+?)[\}\"]\s*,?\s*\n", re.IGNORECASE | re.DOTALL)
BIBTEX_YEAR = re.compile(r"(?<![a-z])year\s*=\s*[\{\"]?(\d{4})", re.IGNORECASE)
QUOTED = re.compile(r"`\"?([^`<\"]{12,250}?)\"?\s*<(https?://[^>]+)>`", re.DOTALL)
COINED = re.compile(r"[A-Za-z0-9][\w+./*@²³τπ-]*(?: [A-Z0-9][\w+./-]*){0,3}")


def arxiv_id(text: str) -> str | None:
    """The first arXiv id in a text."""
    found = ARXIV.search(text)
    return found.group(1) if found and 1 <= int(found.group(1)[2:4]) <= 12 else None


def plain(title: str) -> str:
    """A BibTeX title without braces, LaTeX commands and line breaks."""
    title = re.sub(r"\\(?:textsc|textbf|emph|textit|texttt|text|mathrm)\b|\\url\{[^}]*\}", "", title)
    title = re.sub(r"[{}$]|\\(?=[&%_#])", "", title)
    return re.sub(r"\s+", " ", title).strip(' ."')


def bibtex_paper(text: str) -> Paper:
    """Title, arXiv id and year of the first BibTeX entry in a text."""
    found = BIBTEX.search(text)
    if not found:
        return Paper()
    body = found.group()
    title = BIBTEX_TITLE.search(body)
    year = BIBTEX_YEAR.search(body)
    arxiv = arxiv_id(body)
    if not arxiv and (eprint := re.search(r"eprint\s*=\s*[\{\"](\d{4}\.\d{4,5})", body)):
        arxiv = eprint.group(1)
    name = plain(title.group(1)) if title else None
    if name and ("\\" in name or len(name) > 250):
        name = None
    return Paper(name, arxiv, int(year.group(1)) if year else None)


def quoted_papers(text: str) -> list[Paper]:
    """The papers that a docstring links to as `"Title" <link>`_."""
    papers = []
    for title, link in QUOTED.findall(text):
        if " " in title.strip():
            papers.append(Paper(plain(title), arxiv_id(link)))
    return papers


def title_name(title: str | None) -> str | None:
    """The coined name before the colon of a title: "BoxE: A Box Embedding Model for ..." gives BoxE."""
    if not title:
        return None
    head, colon, _ = title.partition(":")
    head = head.strip(" '\"`")
    return head if colon and COINED.fullmatch(head) and len(head) <= 40 else None


def long_and_short(text: str) -> tuple[str, str] | None:
    """Long form and acronym, where a text starts with "Long Form (ABC)"."""
    found = re.match(r"\s*([A-Z][\w\s\-,/]{5,80}?)\s*\(([A-Z][\w+-]{1,14})\)", text)
    if not found:
        return None
    long, short = re.sub(r"\s+", " ", found.group(1)), found.group(2)
    initials = "".join(word[0] for word in re.split(r"[\s-]", long) if word).upper()
    return (long, short) if set(re.sub(r"[^A-Z]", "", short.upper())) <= set(initials + long.upper()) else None
