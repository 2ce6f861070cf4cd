"""Trains the name and the relation model on annotated papers and writes them into the package.

python -m training.join ../shared/gold                 # all annotated papers: the models that ship
python -m training.join ../shared/gold --without-aside --out /tmp/models   # for measuring on the papers kept aside
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.evaluate.scoring import Annotation, generics, match, names_of, normalise
from kg.extract import pipeline
from kg.extract.features import forms, relation_features
from kg.extract.linear import Features, LinearModel
from kg.extract.trained import NO_NAME, introduced_kinds
from training.split import is_aside

SETS = ("dev", "xtrain")
LEAST_PAPERS = 3
NAME_STRENGTH = 0.1
RELATION_STRENGTH = 0.1
OPTIONAL_WEIGHT = 0.4

Row = tuple[str, Features, str, float]
"""Paper id, features, class, weight."""


def read(folder: Path, kind: str) -> dict[str, Annotation]:
    """Papers or annotations of all sets, by id."""
    found = {}
    for name in SETS:
        for line in (folder / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            found[item["id"]] = item
    return found


def name_rows(
    extractor: pipeline.Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]
) -> Iterator[Row]:
    """Every form of every paper with its type in gold; what gold calls optional teaches nothing."""
    for paper, record in papers.items():
        doc = extractor.document(record["title"], record["abstract"])
        for form in forms(doc):
            written = {normalise(candidate.span.text) for candidate in form.candidates}
            written |= {text[:-1] for text in written if text.endswith("s")}
            entity = next((e for e in gold[paper]["entities"] if names_of(e) & written), None)
            if entity is None and not written & generics():
                yield paper, form.features, NO_NAME, 1.0
            elif entity is not None and not entity["optional"]:
                yield paper, form.features, entity["type"], 1.0


def relation_rows(
    extractor: pipeline.Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]
) -> Iterator[Row]:
    """Every entity found that gold has too, with its role there."""
    for paper, record in papers.items():
        doc = extractor.document(record["title"], record["abstract"])
        own = introduced_kinds(doc)
        found = [
            {
                "name": entity.name,
                "type": entity.type,
                "mentions": [span.text for span in entity.spans],
                "features": relation_features(doc, entity, around, relations[0], own),
            }
            for entity, around, relations in zip(doc._.entities, doc._.surroundings, doc._.relations, strict=True)
        ]
        pairs, _, _ = match(found, gold[paper]["entities"], strict=False)
        for ours, theirs in pairs:
            yield paper, ours["features"], theirs["role"], OPTIONAL_WEIGHT if theirs["optional"] else 1.0


def fit(rows: list[Row], strength: float) -> LinearModel:
    """Logistic regression (L2, `strength` is scikit-learn's C) on the features that at least three papers have."""
    papers = Counter(name for name, _ in {(name, paper) for paper, features, _, _ in rows for name in features})
    kept = [{name: value for name, value in row[1].items() if papers[name] >= LEAST_PAPERS} for row in rows]
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform(kept)
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(matrix, [row[2] for row in rows], sample_weight=[row[3] for row in rows])
    return LinearModel(
        tuple(map(str, model.classes_)),
        tuple(vectoriser.get_feature_names_out()),
        model.coef_.T.astype(np.float32),
        model.intercept_.astype(np.float32),
    )


def main() -> None:
    """Reads gold, trains both models, writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--without-aside", action="store_true", help="leave out the papers kept aside")
    parser.add_argument("--out", type=Path, default=Path(pipeline.__file__).parent / "model")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    gold = read(args.gold, "gold")
    papers = {
        key: record for key, record in read(args.gold, "papers").items() if not (args.without_aside and is_aside(key))
    }
    names = fit(list(name_rows(pipeline.Extractor.load("rules"), papers, gold)), NAME_STRENGTH)
    names.save(args.out / "names.zip")
    # The relation model learns on the entities that the name model lets through.
    between = pipeline.Extractor.load("rules")
    between.nlp.replace_pipe(
        "citegraph_names", "citegraph_trained_names", config={"model": str((args.out / "names.zip").resolve())}
    )
    relations = fit(list(relation_rows(between, papers, gold)), RELATION_STRENGTH)
    relations.save(args.out / "relations.zip")


if __name__ == "__main__":
    main()
