"""The model card: what the models were trained on and how good they are."""

from kg.evaluate import Reliability, Report

_TEXT = """# Models of citegraph's extraction

Logistic regressions over features that the rules make (`kg/extraction/names/features.py`, `kg/extraction/results/features.py`) and
over word vectors: `names.npz` decides which candidate is a name, where it begins and ends, and of what type it is;
`relations.npz` what the paper does with it; `results-benchmarks.npz`, `results-systems.npz` and `results-metrics.npz`
what a figure is on, of and by. Rules and catalogue propose, and their evidence is among the features. `vectors.npz` holds
the word vectors (skip-gram, 64 numbers of 8 bits), learned from 83,000 unlabelled arXiv abstracts, none of them annotated.
Written by `make train`; read without any library but numpy: `weights` has a row for each of `features` and a column for
each of `classes`, `dense` a row for each number of the word vectors that go with the features. `features`, `classes` and
the `words` of the vectors are UTF-8 bytes with a zero byte between two names.

## Data and split

Trained on annotated titles and abstracts (daily-paper listings, arXiv, conferences; 2019 to 2026), read under the gold
set's guidelines. One paper in five, by SHA-256 of its id (`training/split.py`), was kept aside. The figures below are of
models trained on the other {trained:,} papers, on the {aside:,} kept aside; the models in this folder were then trained
in the same way on all of them, so measuring them on those papers again would flatter.

## Scores on the papers kept aside

F1 in percent, with the interval that holds it in 95 of 100 samples of papers (bootstrap). `default` is the pipeline with
the models, `rules` the same without them.

| measure | default: precision | recall | F1 | interval | rules: precision | recall | F1 | interval | in gold |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{scores}

## Is confidence what it says?

Relations of the default pipeline on the same papers, by confidence: the mean of what it says, and the share that is
right. Expected calibration error {error}.

| confidence | relations | mean | right |
| --- | --- | --- | --- |
{bins}

## Errors of the default pipeline, by cause

| errors | about | cause | examples |
| --- | --- | --- | --- |
{causes}

## Known weaknesses

- English only; abstracts of machine learning and its neighbours. Names of other fields are often taken for none.
- A name that no candidate rule proposes is lost: plain lower-case techniques that the catalogue does not know, above all.
- USES and EVALUATES are confused where an abstract says only that something was run; TRAINS_ON is often missed.
- Figures whose benchmark stands in another sentence are mostly left out; of those that are there about half name
  model, benchmark and metric all as gold does.
"""


def card(trained: int, reports: dict[str, Report], calibration: Reliability) -> str:
    """The card's Markdown, from the reports of the pipelines `default` and `rules` and the former's reliability."""
    default, rules = reports["default"], reports["rules"]
    rows = [
        f"| {name} | {s.precision} | {s.recall} | **{s.f1}** | {s.low} to {s.high} "
        f"| {r.precision} | {r.recall} | {r.f1} | {r.low} to {r.high} | {s.gold:,} |"
        for name, s in default.scores.items()
        for r in [rules.scores[name]]
        if s.gold
    ]
    bins = [f"| {b.low} to {b.high} | {b.relations:,} | {b.confidence} | {b.right} |" for b in calibration.bins]
    causes = [
        f"| {cause.count} | {cause.about} | {cause.cause} | {'; '.join(cause.examples[:2]).replace('|', ' ')} |"
        for cause in default.causes[:16]
    ]
    return _TEXT.format(
        trained=trained,
        aside=default.papers,
        scores="\n".join(rows),
        error=calibration.error,
        bins="\n".join(bins),
        causes="\n".join(causes),
    )
