"""Entities whose relation to their paper a reader has judged: all of annotated papers, single ones of others."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.evaluate.scoring import Annotation, match
from kg.extraction import pipeline
from kg.extraction.linear import Features
from kg.extraction.relations.features import outline, relation_features
from kg.extraction.vectors import name_vector
from kg.text.keys import name_key
from training.corpus import records

_OPTIONAL_WEIGHT = 0.4
"""Weight of an entity that gold calls optional."""
_SINGLE_WEIGHT = 1.5
"""Weight of an entity that was judged alone: those were chosen where an earlier model was in doubt."""
SINGLE = Path(__file__).parent / "judged.jsonl"
"""Entities that were judged alone: id of the paper on arXiv, name, and the roles that a reader accepts, the main one first;
none where it is no name."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An entity that the pipeline finds, with what a reader says.

    Attributes:
        paper: id of the paper.
        type: of the entity, as found.
        features: of its relation.
        vector: word vectors that go with them.
        roles: relations that the reader accepts, the main one first.
        weight: in training.
    """

    paper: str
    type: str
    features: Features
    vector: NDArray[np.float32]
    roles: tuple[str, ...]
    weight: float


def annotated(
    extractor: pipeline.Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]
) -> Iterator[Judged]:
    """Every entity found that gold has too."""
    for paper, record in papers.items():
        found = list(_found(paper, extractor.document(record["title"], record["abstract"])))
        pairs, _, _ = match([entity for entity, _ in found], gold[paper]["entities"], strict=False)
        parts = {id(entity): judged for entity, judged in found}
        for ours, theirs in pairs:
            part = parts[id(ours)]
            roles = tuple(dict.fromkeys((theirs["role"], *theirs["also"])))
            weight = _OPTIONAL_WEIGHT if theirs["optional"] else 1.0
            yield Judged(part.paper, part.type, part.features, part.vector, roles, weight)


def single(extractor: pipeline.Extractor, corpus: Iterable[Path]) -> Iterator[Judged]:
    """Every entity found that was judged alone.

    Args:
        extractor: finds entities and relations.
        corpus: files (.jsonl, .jsonl.gz) with the papers' texts.
    """
    wanted: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for item in _singles():
        wanted[item["paper"]][name_key(item["name"])] = tuple(item["roles"])
    for record in records(corpus, frozenset(wanted)):
        names = wanted.pop(record["arxiv_id"], {})
        for entity, part in _found(record["arxiv_id"], extractor.document(record["title"], record["abstract"])):
            keys = {name_key(name) for name in (entity["name"], *entity["mentions"])}
            roles = next((names[key] for key in keys if key in names), ())
            if roles:
                yield Judged(part.paper, part.type, part.features, part.vector, roles, _SINGLE_WEIGHT)


def judged_alone() -> int:
    """How many entities were judged alone."""
    return sum(bool(item["roles"]) for item in _singles())


def _singles() -> Iterator[Annotation]:
    for line in SINGLE.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _found(paper: str, doc: Doc) -> Iterator[tuple[Annotation, Judged]]:
    """The entities of a doc, as they are matched, and what a model decides by."""
    common = outline(doc)
    for entity, around, relations in zip(
        doc._.citegraph_entities, doc._.citegraph_surroundings, doc._.citegraph_relations, strict=True
    ):
        features = relation_features(common, entity, around, relations[0])
        judged = Judged(paper, entity.type, features, name_vector(doc, entity.spans), (), 1.0)
        yield {"name": entity.name, "type": entity.type, "mentions": [span.text for span in entity.spans]}, judged
