"""By which ids and titles a paper is known, and which key it gets."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.schema import Paper
from kg.text.identifiers import identity_from_id
from kg.text.keys import name_key, paper_key, title_key

TELLING_WORDS = 4
"""Titles of fewer words ("Editorial", "Natural Language Generation") may be those of different papers."""


def identities(paper: Paper) -> Iterator[str]:
    """All ids of a record, and its title, the strongest first: `arxiv:…`, `doi:…`, `openalex:…`, `title:…`."""
    for text in (paper.arxiv_id, paper.id, paper.url, paper.doi, *paper.ids):
        known = identity_from_id(text) if text else None
        if known:
            yield known
    yield f"title:{title_key(paper.title)}"


def search_keys(paper: Paper, known: Sequence[str]) -> list[str]:
    """The normal forms of a record's ids and title, sorted, by which its paper is found.

    Args:
        paper: the record.
        known: its identities.
    """
    found = {name_key(text.partition(":")[2]) for text in known} | {name_key(paper.id), name_key(paper.title)}
    return sorted(found)


def key_from_identities(title: str, known: Iterable[str]) -> str:
    """The key of the paper with this title and these identities: its arXiv id, else its DOI, else its title.

    Of several ids of one scheme the first in the alphabet is taken.
    """
    by_scheme = dict(reversed([identity.split(":", 1) for identity in sorted(known)]))
    return paper_key(title, by_scheme.get("arxiv"), by_scheme.get("doi"))


def free_key(key: str, taken: Collection[str]) -> str:
    """The key, with a number if another paper has it."""
    free, number = key, 2
    while free in taken:
        free = f"{key}-{number}"
        number += 1
    return free
