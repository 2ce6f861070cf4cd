"""Lists and tables of papers in HTML: pages of conferences and of people, saved lists of arXiv."""

import re
from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.entries.found_papers import Finder
from kg.sources.entries.html_blocks import html_blocks
from kg.sources.entries.paper_entry import FIELDS
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "html"
DESCRIPTION = "lists and tables of papers in HTML (pages of conferences, saved lists of arXiv)"

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|div|table|ul|ol|dl|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_EVIDENCE = re.compile(r"arxiv|doi\.org|\.pdf\b|openreview|aclanthology|author|proceedings|paper", re.IGNORECASE)
_MOST = 1 << 26
_LEAST = 25
"""Characters of an entry that is told of if it is no paper; less is a number or a button."""


def recognises(head: Head) -> Fit:
    """Possible if most of the text of a page is papers in lists or tables."""
    text = head.text
    if not _PAGE.match(text) or len(_EVIDENCE.findall(text)) < 4:
        return Fit.NONE
    count = others = inside = outside = 0
    for found in Finder().found(html_blocks(text)):
        count += found.record is not None
        inside += len(found.text) if found.record else 0
        others += found.record is None and found.listed and len(found.text) > 60
        outside += 0 if found.record else len(found.text)
    return Fit.POSSIBLE if count > 1 and count >= 2 * others and inside >= outside else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads the page as a whole; one of more than 64 MiB is read to there."""
    raw = source.stream.read(_MOST)
    if source.stream.read(1):
        yield Problem(source.file, None, f"more than {_MOST >> 20} MiB; the rest is left out", whole=True)
    left_out = []
    for found in Finder().found(html_blocks(raw.decode("utf-8", errors="replace"))):
        if found.record:
            yield from papers(found.record, FIELDS, NAME, source, None)
        elif found.listed and len(found.text) > _LEAST:
            left_out.append(found.text)
    if left_out:
        yield Problem(
            source.file, None, f"no paper in {len(left_out)} entries, left out; the first: {left_out[0][:60]}"
        )
