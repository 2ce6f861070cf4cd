"""Trains the models of names, relations, tasks and results on annotated papers, and writes them into `kg/extraction/model`.

    python -m training.join ../shared/gold --corpus ../shared/corpus/*.jsonl.gz

First without the papers held out, on which the figures of the model card are then measured; then on all papers, for the
models that ship.
"""

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kg.evaluate import evaluate, reliability
from kg.evaluate.scoring import Annotation
from kg.extraction import pipeline
from kg.schema import Paper
from training.join.card import card
from training.names import judged as names
from training.regression import fit
from training.relations import models as relations
from training.relations.judged import annotated, single
from training.results.models import train as train_results
from training.split import SETS, is_aside
from training.tasks import models as tasks

NAME_STRENGTH = 0.1
"""Inverse strength of regularisation, scikit-learn's C."""
_LATER = ("citegraph_results", "citegraph_tasks")


def read(folder: Path, kind: str) -> dict[str, Annotation]:
    """The `papers` or `gold` annotations of all sets, by the paper's id."""
    found = {}
    for name in SETS:
        for line in (folder / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            found[item["id"]] = item
    return found


def train(gold: dict[str, Annotation], papers: dict[str, Annotation], out: Path, corpus: Sequence[Path] = ()) -> None:
    """Trains the models of names, also on what was judged in a corpus, and of relations; writes them into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    proposing = _rules("citegraph_names", "citegraph_entities", "citegraph_relations", *_LATER)
    rows = [
        *names.annotated(proposing, papers, gold),
        *names.single(proposing, corpus),
        *names.of_corpus(proposing, corpus),
    ]
    fit(rows, NAME_STRENGTH).save(out / "names.npz")
    relations.train(annotated(_with_names(out), papers, gold)).save(out / "relations.npz")


def train_all(gold: dict[str, Annotation], papers: dict[str, Annotation], out: Path, corpus: list[Path]) -> None:
    """Trains all models on papers, those of names and relations also on what was judged in a corpus; writes them to a folder."""
    train(gold, papers, out, corpus)
    extractor = _with_names(out)
    judged = [*annotated(extractor, papers, gold), *single(extractor, corpus)]
    relations.train(judged).save(out / "relations.npz")
    relations.calibrate(judged).save(out / "relations-calibration.npz")
    tasks.train(extractor, papers, gold).save(out / "tasks.npz")
    train_results(gold, papers, out, partial(train, corpus=corpus))


def _with_names(models: Path) -> pipeline.Extractor:
    """The pipeline up to what the rules say of relations, on the entities that the name model in a folder lets through."""
    extractor = _rules(*_LATER)
    extractor.nlp.replace_pipe(
        "citegraph_names", "citegraph_trained_names", config={"model": str((models / "names.npz").resolve())}
    )
    return extractor


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
    parser.add_argument(
        "--corpus", type=Path, nargs="*", default=[], help="files with the texts of papers whose relations were judged"
    )
    args = parser.parse_args()
    gold, papers = read(args.gold, "gold"), read(args.gold, "papers")
    aside = {key: record for key, record in papers.items() if is_aside(key)}
    # Where the pipeline looks for them, so the measured pipeline is the one that ships.
    out = Path(pipeline.__file__).parent / "model"
    train_all(gold, {key: record for key, record in papers.items() if key not in aside}, out, args.corpus)
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
    train_all(gold, papers, out, args.corpus)


if __name__ == "__main__":
    main()
