"""URLs in text: their normal form, what they lead to, and whether that is the paper's own or somebody else's."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge.patterns import lines
from kg.text.identifiers import is_code_host

_URL = re.compile(
    r"(?:https?:\s?/\s?/|(?<![\w@.])www\.)[^\s<>\"|^`{}]+"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)*(?:github\.com|github\.io|gitlab\.com|gitlab\.io|bitbucket\.org|huggingface\.co|hf\.co|zenodo\.org"
    r"|codeberg\.org|kaggle\.com|sites\.google\.com|osf\.io|doi\.org|arxiv\.org)/[^\s<>\"|^`{}]+"
    r"|(?<![\w@./-])[a-z0-9-]+\.(?:github\.io|gitlab\.io)\b(?:/[^\s<>\"|^`{}]*)?",
    re.IGNORECASE,
)
_TEX = re.compile(r"\\(?:url|href|texttt)\{|\\(?=[_%#&~])|[{}$*]|\\$")
_TRAILING = re.compile(r"[.,;:!?'\"’”)\]>…\\]+$")
_DOUBLED = re.compile(r"^(https?://.+?)(?=https?://)")
# What arXiv leaves where it has taken a link out of an abstract.
_REMOVED = re.compile(r"\s+https? URL")
# A home folder whose tilde LaTeX has taken for a space: "https://host.edu/ name/page".
_AFTER_TILDE = re.compile(r" ([a-z][\w-]*(?:/[\w-]+){2,}/?)")
_OWN = re.compile(
    r"\b(?:our|code|codes|data|dataset|datasets|model|models|weights|checkpoints?|implementation|repository|page|website|demo|source|available"
    r"|released?|at)\b",
    re.IGNORECASE,
)
_REACH = 160
"""Characters before a URL in which its sentence is looked at."""


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A URL in a doc.

    Attributes:
        url: its normal form.
        kind: `code`, `model`, `dataset` or `page`.
        own: whether the words before it present it as the paper's own.
        start: of the URL in the doc, in characters.
        end: likewise.
    """

    url: str
    kind: str
    own: bool
    start: int
    end: int


def normalise_url(raw: str) -> str:
    """The URL with its scheme, and without LaTeX, trailing marks, closing brackets and a second copy of itself."""
    url = re.sub(r"^(https?):\s?/\s?/\s?", r"\1://", raw, flags=re.IGNORECASE)
    url = _TEX.sub("", url)
    doubled = _DOUBLED.match(url)
    if doubled:
        url = doubled.group(1)
    while True:
        shorter = _TRAILING.sub("", url)
        # A closing bracket stays where the URL itself opened it.
        if shorter != url and url[len(shorter)] == ")" and shorter.count("(") > shorter.count(")"):
            shorter = url[: len(shorter) + 1]
        if shorter == url:
            break
        url = shorter
    return url if re.match(r"https?://", url, re.IGNORECASE) else f"https://{url}"


def url_kind(url: str) -> str:
    """What a URL leads to by its host and path: `code`, `model`, `dataset` or `page`."""
    parts = urlsplit(url.lower())
    host = parts.netloc.removeprefix("www.")
    path = [part for part in parts.path.split("/") if part]
    if is_code_host(host):
        return "code"
    if host in {"huggingface.co", "hf.co"}:
        if path[:1] == ["datasets"]:
            return "dataset"
        if path and path[0] not in {"spaces", "papers", "collections", "blog", "docs", "organizations"}:
            return "model" if len(path) > 1 else "page"
    if host == "kaggle.com" and path[:1] == ["datasets"]:
        return "dataset"
    return "page"


@Language.factory("citegraph_links", assigns=["doc._.citegraph_links", "token._.citegraph_in_link"])
def create_links(nlp: Language, name: str) -> "LinkFinder":
    """Finds URLs; writes `doc._.citegraph_links` and `token._.citegraph_in_link`."""
    return LinkFinder()


class LinkFinder:
    """Finds every URL of a doc."""

    def __init__(self) -> None:
        self._foreign = re.compile("|".join(lines("link_words/foreign.txt")), re.IGNORECASE)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_links`, each URL once, in order."""
        found: dict[str, FoundLink] = {}
        text = doc.text
        for match in _URL.finditer(text):
            path = _AFTER_TILDE.match(text, match.end()) if match.group().endswith("/") else None
            url = normalise_url(f"{match.group()}~{path.group(1)}" if path else match.group())
            host = urlsplit(url).netloc
            if "." not in host or _REMOVED.match(text, match.end()):
                continue
            for token in doc.char_span(match.start(), match.end(), alignment_mode="expand") or ():
                token._.citegraph_in_link = True
            found.setdefault(
                url.lower().rstrip("/"),
                FoundLink(url, url_kind(url), self._is_own(text, match.start()), match.start(), match.end()),
            )
        doc._.citegraph_links = tuple(found.values())
        return doc

    def _is_own(self, text: str, start: int) -> bool:
        """Whether the words before a URL, in its sentence, present it as the paper's own."""
        before = text[max(0, start - _REACH) : start]
        sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", before)[-1]
        return bool(_OWN.search(sentence)) and not self._foreign.search(sentence)
