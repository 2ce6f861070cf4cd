"""What arXiv's feeds of new papers say beside what a record of a paper says."""

import re

from kg.text.identifiers import arxiv_id, arxiv_month

_ANNOUNCED = re.compile(r"arXiv:\S{1,40} Announce Type: \S{1,40}\s+(?:Abstract: ?)?")


def without_announcement(summary: str) -> str:
    """The abstract alone: the feeds put before it what is announced, and whether it is new."""
    return _ANNOUNCED.sub("", summary, count=1)


def is_announcement(summary: str) -> bool:
    """Whether this is an entry of a feed of new papers, whose day is that of the feed and not of the paper."""
    return _ANNOUNCED.match(summary) is not None


def month_of_id(own_id: str) -> str | None:
    """When a paper was first submitted, as far as its arXiv id tells: a month (ISO 8601), or None."""
    arxiv = arxiv_id(own_id)
    return arxiv_month(arxiv) if arxiv else None
