"""Candidates for names of which a reader has judged whether they are any: of annotated papers all, of others single ones."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.evaluate.scoring import Annotation, generics, names_of, normalise
from kg.extraction import pipeline
from kg.extraction.names.boundaries import BoundaryFinder
from kg.extraction.names.features import CandidateGroup, candidate_groups
from kg.extraction.names.trained import NO_NAME
from training.corpus import records
from training.regression import Row

_SINGLE_WEIGHT = 1.0
"""Weight of a candidate that was judged alone."""
SINGLE = Path(__file__).parent / "judged.jsonl"
"""Candidates that were judged alone: id of the paper on arXiv, name, and type, or `NO_NAME`."""
ANNOTATED = Path(__file__).parents[1] / "annotations"
"""Annotations of whole papers of a corpus, as those of the gold set but without their texts."""


def annotated(
    extractor: pipeline.Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]
) -> Iterator[Row]:
    """Every group of candidates of annotated papers, with its type in gold; what gold calls optional is left out."""
    boundaries = BoundaryFinder()
    for paper, record in papers.items():
        for group in candidate_groups(extractor.document(record["title"], record["abstract"]), boundaries):
            written = _written(group)
            entity = next((e for e in gold[paper]["entities"] if names_of(e) & written), None)
            if entity is None and not written & generics():
                yield paper, group.features, group.vector, NO_NAME, 1.0
            elif entity is not None and not entity["optional"]:
                yield paper, group.features, group.vector, entity["type"], 1.0


def of_corpus(extractor: pipeline.Extractor, corpus: Iterable[Path]) -> Iterator[Row]:
    """Every group of candidates of the annotated papers of a corpus, of whose texts only the ids are kept here."""
    gold = {
        item["id"]: item
        for path in sorted(ANNOTATED.glob("*.gold.jsonl"))
        for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    yield from annotated(extractor, {record["arxiv_id"]: record for record in records(corpus, gold)}, gold)


def single(extractor: pipeline.Extractor, corpus: Iterable[Path]) -> Iterator[Row]:
    """Every group of candidates that was judged alone.

    Args:
        extractor: finds candidates.
        corpus: files (.jsonl, .jsonl.gz) with the papers' texts.
    """
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for line in SINGLE.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        wanted[item["id"]][normalise(item["name"])] = item["type"]
    boundaries = BoundaryFinder()
    for record in records(corpus, wanted):
        judged = wanted[record["arxiv_id"]]
        for group in candidate_groups(extractor.document(record["title"], record["abstract"]), boundaries):
            type_ = next((judged[text] for text in sorted(_written(group)) if text in judged), None)
            if type_ is not None:
                yield record["arxiv_id"], group.features, group.vector, type_, _SINGLE_WEIGHT


def _written(group: CandidateGroup) -> set[str]:
    """Normal forms of a group's candidates, also in the singular."""
    written = {normalise(candidate.span.text) for candidate in group.candidates}
    return written | {text[:-1] for text in written if text.endswith("s")}
