"""The model card: what the models were trained on, and how well they do."""

from kg.evaluate import Reliability, Report
from training.relations.judged import judged_alone

_TEXT = """# Models of citegraph's extraction

Logistic regressions over features of candidates (`features.py` in `kg/extraction/names`, `relations` and `results`) and
over word vectors. Rules and catalogue propose the candidates, and what they say is among the features.

| file | decides |
| --- | --- |
| `names.npz` | which candidate is a name, where it begins and ends, and of what type it is |
| `relations.npz` | what the paper does with an entity |
| `relations-calibration.npz` | how certain that is: two numbers for each relation |
| `results-benchmarks.npz` | whether a figure is on a benchmark |
| `results-systems.npz` | of which system a figure is |
| `results-metrics.npz` | by which metric a figure is |
| `vectors.npz` | nothing: word vectors (skip-gram, 64 numbers of 8 bits) of 83,000 unlabelled arXiv abstracts, none annotated |

Written by `make train`; read without any library but numpy. `weights` has a row for each of `features` and a column for
each of `classes`, `dense` a row for each number of the word vectors that go with the features. `features`, `classes` and
the `words` of the vectors are UTF-8 bytes with a zero byte between two names.

## Data and split

Trained on annotated titles and abstracts (daily-paper listings, arXiv, conferences; 2019 to 2026), which follow the gold
set's guidelines. One paper in five, by SHA-256 of its id (`training/split.py`), was held out. The figures below are of
models trained on the other {trained:,} papers, measured on the {aside:,} held out. The models in this folder were then trained in the
same way on all of them, so measuring these on the same papers again would flatter them.

The model of relations also learned from {single:,} entities of as many other arXiv papers, each judged alone by a reader and chosen
where an earlier model was in doubt, or rules and model disagreed (`training/relations/judged.jsonl`: ids, names and roles).

## Scores on the papers held out

Precision, recall and F1 in percent, and the interval that holds F1 in 95 of 100 resamplings of the papers (bootstrap).
`default` is the pipeline with the models, `rules` the same without them.

| measure | default: precision | recall | F1 | interval | rules: precision | recall | F1 | interval | in gold |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{scores}

## Calibration of confidence

Relations of the default pipeline on the same papers, by confidence: its mean, and the share of relations that is right. Expected calibration error {error}.

| confidence | relations | mean | right |
| --- | --- | --- | --- |
{bins}

## Errors of the default pipeline, by cause

| errors | about | cause | examples |
| --- | --- | --- | --- |
{causes}

## Known weaknesses

- English only; abstracts of machine learning and its neighbours. Names of other fields are often missed.
- A name that no rule proposes is missed: above all plain lower-case techniques that the catalogue does not have.
- USES and EVALUATES are confused where an abstract says only that something was run.
- Figures whose benchmark is named in another sentence are mostly left out. Of the results that are found, about half have
  model, benchmark and metric all as in gold.
"""


def card(trained: int, reports: dict[str, Report], calibration: Reliability) -> str:
    """The card as Markdown.

    Args:
        trained: number of papers that the measured models were trained on.
        reports: by the names of the pipelines, `default` and `rules`.
        calibration: of the confidence of `default`.
    """
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
        single=judged_alone(),
        aside=default.papers,
        scores="\n".join(rows),
        error=calibration.error,
        bins="\n".join(bins),
        causes="\n".join(causes),
    )
