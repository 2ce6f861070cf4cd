"""URLs in text: normalised, told apart by host, and the paper's own from those of others."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge.patterns import lines
from kg.text.identifiers import is_code_host

_HOSTED = re.compile(
    r"(?:https?:\s?/\s?/|(?<![\w@.])www\.)[^\s<>\"|^`{}]+"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)*(?:github\.com|github\.io|gitlab\.com|gitlab\.io|bitbucket\.org|huggingface\.co|hf\.co|zenodo\.org"
    r"|codeberg\.org|kaggle\.com|sites\.google\.com|osf\.io|doi\.org|arxiv\.org)/[^\s<>\"|^`{}]+"
    r"|(?<![\w@./-])[a-z0-9-]+\.(?:github\.io|gitlab\.io)\b(?:/[^\s<>\"|^`{}]*)?",
    re.IGNORECASE,
)
_LATEX = re.compile(r"\\(?:url|href|texttt)\{|\\(?=[_%#&~])|[{}$*]|\\$")
_TRAILING = re.compile(r"[.,;:!?'\"’”)\]>…\\]+$")
_DOUBLED = re.compile(r"^(https?://.+?)(?=https?://)")
# What arXiv leaves where it has taken a link out of an abstract.
_REMOVED = re.compile(r"\s+https? URL")
# A home folder whose tilde LaTeX has taken for a space: "https://host.edu/ name/page".
_LOST_TILDE = re.compile(r" ([a-z][\w-]*(?:/[\w-]+){2,}/?)")
_OWN = re.compile(
    r"\b(?:our|code|codes|data|dataset|datasets|model|models|weights|checkpoints?|implementation|repository|page|website|demo|source|available"
    r"|released?|at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A URL in a doc, by characters."""

    url: str
    kind: str
    own: bool
    start: int
    end: int


def normalise(raw: str) -> str:
    """A URL without trailing punctuation, LaTeX, closing brackets and doubled copy, with its scheme."""
    url = re.sub(r"^(https?):\s?/\s?/\s?", r"\1://", raw, flags=re.IGNORECASE)
    url = _LATEX.sub("", url)
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


def kind(url: str) -> str:
    """`code`, `model`, `dataset` or `page`, by host and path."""
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
def create_links(nlp: Language, name: str) -> "Links":
    """Finds URLs; writes `doc._.citegraph_links` and `token._.citegraph_in_link`."""
    return Links()


class Links:
    """Finds every URL of a doc."""

    def __init__(self) -> None:
        self._foreign = re.compile("|".join(lines("links/foreign.txt")), re.IGNORECASE)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_links`, each URL once, in order."""
        found: dict[str, FoundLink] = {}
        text = doc.text
        for match in _HOSTED.finditer(text):
            lost = _LOST_TILDE.match(text, match.end()) if match.group().endswith("/") else None
            url = normalise(f"{match.group()}~{lost.group(1)}" if lost else match.group())
            host = urlsplit(url).netloc
            if "." not in host or _REMOVED.match(text, match.end()):
                continue
            for token in doc.char_span(match.start(), match.end(), alignment_mode="expand") or ():
                token._.citegraph_in_link = True
            found.setdefault(
                url.lower().rstrip("/"),
                FoundLink(url, kind(url), self._own(text, match.start()), match.start(), match.end()),
            )
        doc._.citegraph_links = tuple(found.values())
        return doc

    def _own(self, text: str, start: int) -> bool:
        sentence = text[max(0, start - 160) : start]
        sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", sentence)[-1]
        return bool(_OWN.search(sentence)) and not self._foreign.search(sentence)
