"""Trains the models of names, relations and results on annotated papers, and writes them into `kg/extraction/model`.

    python -m training.join ../shared/gold

First without the papers held out, on which the figures of the model card are then measured; then on all papers, for the
models that ship.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.evaluate import evaluate, reliability
from kg.evaluate.scoring import Annotation, generics, match, names_of, normalise
from kg.extraction import pipeline
from kg.extraction.linear import Features, LinearModel
from kg.extraction.names.boundaries import BoundaryFinder
from kg.extraction.names.features import candidate_groups
from kg.extraction.names.trained import NO_NAME
from kg.extraction.relations.features import outline, relation_features
from kg.extraction.vectors import name_vector
from kg.schema import Paper
from training.join.card import card
from training.results.models import train as train_results
from training.split import SETS, is_aside

LEAST_PAPERS = 3
"""Papers that must have a feature for it to be learned."""
NAME_STRENGTH = 0.1
RELATION_STRENGTH = 0.1
"""Inverse strengths of regularisation, scikit-learn's C."""
OPTIONAL_WEIGHT = 0.4
"""Weight of an entity that gold calls optional."""
_LATER = ("citegraph_results", "citegraph_tasks")

Row = tuple[str, Features, NDArray[np.float32], str, float]
"""Paper id, features, vector, class, weight."""


def read(folder: Path, kind: str) -> dict[str, Annotation]:
    """The `papers` or `gold` annotations of all sets, by the paper's id."""
    found = {}
    for name in SETS:
        for line in (folder / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            found[item["id"]] = item
    return found


def name_rows(
    extractor: pipeline.Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]
) -> Iterator[Row]:
    """Every group of candidates of every paper, with its type in gold; what gold calls optional is left out."""
    boundaries = BoundaryFinder()
    for paper, record in papers.items():
        doc = extractor.document(record["title"], record["abstract"])
        for group in candidate_groups(doc, boundaries):
            written = {normalise(candidate.span.text) for candidate in group.candidates}
            written |= {text[:-1] for text in written if text.endswith("s")}
            entity = next((e for e in gold[paper]["entities"] if names_of(e) & written), None)
            if entity is None and not written & generics():
                yield paper, group.features, group.vector, NO_NAME, 1.0
            elif entity is not None and not entity["optional"]:
                yield paper, group.features, group.vector, entity["type"], 1.0


def relation_rows(
    extractor: pipeline.Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]
) -> Iterator[Row]:
    """Every entity found that gold has too, with its relation there."""
    for paper, record in papers.items():
        doc = extractor.document(record["title"], record["abstract"])
        common = outline(doc)
        found = [
            {
                "name": entity.name,
                "type": entity.type,
                "mentions": [span.text for span in entity.spans],
                "features": relation_features(common, entity, around, relations[0]),
                "vector": name_vector(doc, entity.spans),
            }
            for entity, around, relations in zip(
                doc._.citegraph_entities, doc._.citegraph_surroundings, doc._.citegraph_relations, strict=True
            )
        ]
        pairs, _, _ = match(found, gold[paper]["entities"], strict=False)
        for ours, theirs in pairs:
            weight = OPTIONAL_WEIGHT if theirs["optional"] else 1.0
            yield paper, ours["features"], ours["vector"], theirs["role"], weight


def fit(rows: list[Row], strength: float) -> LinearModel:
    """Multinomial logistic regression (L2) on the features that at least `LEAST_PAPERS` papers have.

    Args:
        rows: what it learns from.
        strength: inverse strength of regularisation, scikit-learn's C.
    """
    papers = Counter(name for name, _ in {(name, row[0]) for row in rows for name in row[1]})
    frequent = [{name: value for name, value in row[1].items() if papers[name] >= LEAST_PAPERS} for row in rows]
    vectoriser = DictVectorizer()
    matrix = hstack([vectoriser.fit_transform(frequent), csr_matrix(np.stack([row[2] for row in rows]))]).tocsr()
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(matrix, [row[3] for row in rows], sample_weight=[row[4] for row in rows])
    sparse = len(vectoriser.get_feature_names_out())
    return LinearModel(
        tuple(map(str, model.classes_)),
        tuple(vectoriser.get_feature_names_out()),
        model.coef_.T[:sparse].astype(np.float32),
        model.intercept_.astype(np.float32),
        model.coef_.T[sparse:].astype(np.float32),
    )


def train(gold: dict[str, Annotation], papers: dict[str, Annotation], out: Path) -> None:
    """Trains the models of names and relations on papers and writes them into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    proposing = _rules("citegraph_names", "citegraph_entities", "citegraph_relations", *_LATER)
    fit(list(name_rows(proposing, papers, gold)), NAME_STRENGTH).save(out / "names.npz")
    # The relation model learns on the entities that the name model lets through.
    between = _rules(*_LATER)
    between.nlp.replace_pipe(
        "citegraph_names", "citegraph_trained_names", config={"model": str((out / "names.npz").resolve())}
    )
    fit(list(relation_rows(between, papers, gold)), RELATION_STRENGTH).save(out / "relations.npz")


def train_all(gold: dict[str, Annotation], papers: dict[str, Annotation], out: Path) -> None:
    """Trains all models on papers and writes them into a folder."""
    train(gold, papers, out)
    train_results(gold, papers, out, train)


def _rules(*without: str) -> pipeline.Extractor:
    """The pipeline `rules` without some of its components."""
    extractor = pipeline.Extractor.load("rules")
    for name in without:
        extractor.nlp.remove_pipe(name)
    return extractor


def predictions(extractor: pipeline.Extractor, papers: dict[str, Annotation]) -> dict[str, Annotation]:
    """What a pipeline finds in papers, by id, as it is scored."""
    records = (Paper(**record) for record in papers.values())
    return {found.id: found.model_dump(mode="json") for found in extractor.extract(records)}


def main() -> None:
    """Trains without the papers held out, measures on them and writes the model card; then trains on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder with NAME.gold.jsonl and NAME.papers.jsonl")
    args = parser.parse_args()
    gold, papers = read(args.gold, "gold"), read(args.gold, "papers")
    aside = {key: record for key, record in papers.items() if is_aside(key)}
    # Where the pipeline looks for them, so the measured pipeline is the one that ships.
    out = Path(pipeline.__file__).parent / "model"
    train_all(gold, {key: record for key, record in papers.items() if key not in aside}, out)
    held_out = {key: gold[key] for key in aside}
    found = {name: predictions(pipeline.Extractor.load(name), aside) for name in pipeline.PIPELINES}
    (out / "README.md").write_text(
        card(
            len(papers) - len(aside),
            {name: evaluate(held_out, predicted) for name, predicted in found.items()},
            reliability(held_out, found[pipeline.DEFAULT]),
        ),
        encoding="utf-8",
    )
    train_all(gold, papers, out)


if __name__ == "__main__":
    main()
