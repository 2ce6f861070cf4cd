"""Papers affected by a split, which moves part of an entity to another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from kg.link.corrections.file import Overrides
from kg.link.corrections.references import References
from kg.link.corrections.verbs import Split
from kg.link.names.linked_entity import LinkedEntity
from kg.link.names.name_use import NameUse
from kg.link.names.resolved import ResolvedEntities
from kg.link.relations import Evidence, judged


@dataclass(slots=True)
class SplitPaper:
    """What one paper says about entities.

    Attributes:
        key: of the paper.
        uses: how it names each of its entities.
        entities: for each name use the entity that is meant; corrections change it.
        relations: for each name use the label and evidence of each relation, as the papers together say.
        results: id, benchmark and model of each result, as written; the model may be empty.
    """

    key: str
    uses: list[NameUse]
    entities: list[LinkedEntity]
    relations: list[list[tuple[str, Evidence]]]
    results: list[tuple[str, str, str]]


def split_papers(overrides: Overrides, references: References, resolved: ResolvedEntities) -> list[SplitPaper]:
    """The papers that a split names, and those that write an entity in a way that a split names."""
    splits = [entry.correction for entry in overrides.entries if isinstance(entry.correction, Split)]
    if not splits:
        return []
    keys = {references.known_paper(paper) for split in splits for paper in split.papers}
    forms = {form for split in splits for form in split.forms}
    uses: dict[int, list[NameUse]] = defaultdict(list)
    for record, _, use, _ in resolved.analysis.tables["entities"].sort("record", "entity").iter_rows():
        if record in resolved.papers.keys:
            uses[record].append(resolved.analysis.name_uses[use])
    return [
        _split_paper(resolved, record, named)
        for record, named in uses.items()
        if resolved.papers.keys[record] in keys or not forms.isdisjoint(_forms(named))
    ]


def _forms(uses: Iterable[NameUse]) -> Iterable[str]:
    return (form for use in uses for form in use.forms)


def _split_paper(resolved: ResolvedEntities, record: int, uses: list[NameUse]) -> SplitPaper:
    tables = resolved.analysis.tables
    key = resolved.papers.keys[record]
    relations: list[list[tuple[str, Evidence]]] = [[] for _ in uses]
    title = resolved.papers.table["title"][resolved.papers.papers[key]]
    for _, place, label, instead, *columns in tables["relations"].filter(pl.col("record") == record).iter_rows():
        standing, kind = resolved.standing(record, place), resolved.entity(record, place).kind
        relations[place] += judged(label, instead, Evidence._make(columns), standing, kind, title)
    results = [
        (f"result/{key}/{row['node']}", row["benchmark"], row["model"] or "")
        for row in tables["results"].filter(pl.col("record") == record).iter_rows(named=True)
    ]
    entities = [resolved.entity(record, place) for place in range(len(uses))]
    return SplitPaper(key, uses, entities, relations, results)
