"""transformers: the models of its README with their papers, and the display names of its automatic classes."""

import re
from collections.abc import Iterator

from entry import Entry, Paper
from fetch import Package
from names import is_coined
from source_code import assigned
from texts import arxiv_id, plain, title_name

RELEASED = re.compile(r"1\. \*\*\[([^\]]+)\]\([^)]*\)\*\*")
LINK = re.compile(r"(?:paper|blog|report)s?:? \[([^\]]+)\]\((https?://[^)]+)\)")
PARTS = re.compile(
    r"(?:Model|Config|Text|Vision|Encoder|Decoder|Transformer|Embedding|Audio|Backbone|Processor|Qformer|Thinker|Talker)$"
)


def collect(package: Package) -> Iterator[Entry]:
    """Models; the README's list stands in the package's metadata up to version 4.41."""
    for line in package.metadata().splitlines():
        found = RELEASED.match(line)
        if not found:
            continue
        name = found.group(1)
        link = LINK.search(line)
        paper = Paper(plain(link.group(1)), arxiv_id(link.group(2))) if link else Paper()
        if is_coined(name) or title_name(paper.title) == name:
            yield Entry(name, "Model", package.source, paper=paper)
    for path in package.root.rglob("models/auto/configuration_auto.py"):
        for _, name in assigned(path, "MODEL_NAMES_MAPPING") or []:
            if is_coined(name) and not PARTS.search(name):
                yield Entry(name, "Model", package.source)
