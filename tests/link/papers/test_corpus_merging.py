"""Of a large corpus, no two records of one title are taken for two papers."""

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from kg.link import Analysis
from kg.link.papers.identities import TELLING_WORDS
from kg.link.papers.paper_linker import PaperLinker
from kg.schema import Extraction
from kg.sources import read
from kg.text.keys import title_key


@pytest.mark.shared
@pytest.mark.slow
def test_every_title_of_the_corpus_that_occurs_twice_is_one_paper(shared_folder: Path) -> None:
    files = sorted((shared_folder / "corpus").glob("*.jsonl.gz"))
    records = [Extraction.model_validate(paper.model_dump()) for paper in read(files, pytest.fail)]
    papers = PaperLinker(Analysis.of(records).tables["records"])
    papers.merge()
    by_title: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if len(re.findall(r"\w+", record.title)) >= TELLING_WORDS:
            by_title[title_key(record.title)].append(record.id)
    pairs = [pair for ids in by_title.values() for pair in combinations(ids, 2)]
    assert pairs
    assert [pair for pair in pairs if papers.key_of_record(pair[0]) != papers.key_of_record(pair[1])] == []
