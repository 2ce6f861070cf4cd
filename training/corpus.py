"""Texts of papers of a corpus, of which the project itself keeps only ids and what a reader has judged of them."""

import gzip
import json
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from kg.evaluate.scoring import Annotation


def records(corpus: Iterable[Path], wanted: Container[str]) -> Iterator[Annotation]:
    """The records of files (.jsonl, .jsonl.gz) whose ids on arXiv are wanted."""
    for path in corpus:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
            for line in stream:
                record = json.loads(line)
                if record.get("arxiv_id") in wanted:
                    yield record
