"""Why records are one paper, and why papers with one id or title are not."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from kg.link.papers.agreement import Doubt
from kg.link.papers.identities import TELLING_WORDS
from kg.link.papers.paper_linker import PaperLinker
from kg.link.papers.record_groups import Refusal
from kg.text.identifiers import identity
from kg.text.keys import name_key

_NAMES = 3
_Rows = Sequence[Mapping[str, Any]]


class MergeCause(StrEnum):
    """What records of one paper have in common."""

    ARXIV = "same arXiv id"
    DOI = "same DOI"
    CATALOGUE = "same id in a catalogue"
    TITLE = "same title"


class Shared(BaseModel):
    """Something that records have in common: an id as `scheme:id`, or the title."""

    cause: MergeCause
    detail: str


class JoinedRecord(BaseModel):
    """A record of a paper, and what it shares with other records of it."""

    id: str
    title: str
    source: str | None
    year: int | None
    shared: list[Shared]


class Difference(BaseModel):
    """Something that speaks against one paper, and the facts behind it."""

    cause: Doubt
    detail: str


class OtherPaper(BaseModel):
    """Another paper that has an id or the title of a paper, and why it is another one."""

    id: str
    title: str
    records: int
    shared: Shared
    reasons: list[Difference]


class PaperExplanation(BaseModel):
    """A paper, the records that were joined to it, and the papers that were kept apart from it."""

    id: str
    title: str
    records: list[JoinedRecord]
    apart: list[OtherPaper]


def explain_papers(papers: PaperLinker, name: str) -> list[PaperExplanation]:
    """Why records were joined, for each paper with an id or title.

    Args:
        papers: after `merge`, without corrections.
        name: an id, URL, DOI or title, or the id of a record.

    Returns:
        The papers in the order of their keys; empty if there is none.
    """
    asked = {name_key(name), name_key(identity(name).partition(":")[2])} - {""}
    known = sorted(key for key, keys in papers.search_keys.items() if not asked.isdisjoint(keys))
    return [_explanation(papers, key) for key in known]


def _explanation(papers: PaperLinker, key: str) -> PaperExplanation:
    rows = papers.records(key)
    apart: dict[str, OtherPaper] = {}
    for refusal in papers.refusals(key):
        other = papers.key_of_place(refusal.group)
        apart.setdefault(other, _other_paper(papers, other, refusal, rows))
    return PaperExplanation(
        id=key, title=rows[0]["title"], records=list(_joined(rows)), apart=[apart[other] for other in sorted(apart)]
    )


def _joined(rows: _Rows) -> Iterator[JoinedRecord]:
    for row in rows:
        others = {known for other in rows if other is not row for known in other["identities"]}
        shared = [_shared(known, row) for known in row["identities"] if known in others]
        fields = {name: row[name] for name in ("id", "title", "source", "year")}
        yield JoinedRecord(**fields, shared=shared)


def _other_paper(papers: PaperLinker, key: str, refusal: Refusal, here: _Rows) -> OtherPaper:
    there = papers.records(key)
    between = [papers.key_of_place(group) for group in refusal.between]
    return OtherPaper(
        id=key,
        title=there[0]["title"],
        records=len(there),
        shared=_shared(refusal.sharing.identity, here[0]),
        reasons=[Difference(cause=doubt, detail=_detail(doubt, here, there, between)) for doubt in refusal.doubts],
    )


def _shared(known: str, row: Mapping[str, Any]) -> Shared:
    match known.partition(":")[0]:
        case "arxiv":
            return Shared(cause=MergeCause.ARXIV, detail=known)
        case "doi":
            return Shared(cause=MergeCause.DOI, detail=known)
        case "title":
            return Shared(cause=MergeCause.TITLE, detail=row["title"])
    return Shared(cause=MergeCause.CATALOGUE, detail=known)


def _detail(doubt: Doubt, here: _Rows, there: _Rows, between: Sequence[str]) -> str:
    match doubt:
        case Doubt.AUTHORS:
            return f"{_authors(here)} here, {_authors(there)} there"
        case Doubt.KIND:
            return f"{_kinds(here)} here, {_kinds(there)} there"
        case Doubt.ARXIV:
            return f"{_arxiv(here)} here, {_arxiv(there)} there"
        case Doubt.SHORT_TITLE:
            return f"a title of fewer than {TELLING_WORDS} words joins no papers that both have ids"
        case Doubt.BETWEEN:
            return f"one of the two agrees with {', '.join(between)} as well, and the other does not"


def _authors(rows: _Rows) -> str:
    names = max((row["authors"] for row in rows), key=len)
    return ", ".join(names[:_NAMES]) + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _kinds(rows: _Rows) -> str:
    return " and ".join(sorted({row["kind"] for row in rows if row["kind"]}))


def _arxiv(rows: _Rows) -> str:
    return ", ".join(sorted({known for row in rows for known in row["identities"] if known.startswith("arxiv:")}))
