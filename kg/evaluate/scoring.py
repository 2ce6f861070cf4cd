"""Compares an extraction with a gold annotation, one paper at a time.

The rules are those of the gold set's own scorer: a predicted entity matches a gold one of the same type (Benchmark and
Dataset count as one) if one of its names is one of the gold one's; entities that are optional in the gold set count
neither as right nor as wrong, and nor do generic techniques (generics.txt) that it leaves out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

Annotation = dict[str, Any]
"""One line of a gold or prediction file."""

_DATA = frozenset({"Benchmark", "Dataset"})
_IGNORED = "MENTIONS"


@dataclass(frozen=True, slots=True)
class Error:
    """Something wrong or missing: the paper, what it is about, its cause, and the name."""

    paper: str
    about: str
    cause: str
    name: str


@dataclass(slots=True)
class Tally:
    """Counts of right, wrong and missing findings of one paper, by measure, and its errors."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)


def normalise(text: str) -> str:
    """Letters, digits and plus signs in lower case."""
    return re.sub(r"[^a-z0-9+]", "", text.lower())


@cache
def generics() -> frozenset[str]:
    """Normal forms of generic techniques, which most annotators call optional."""
    lines = (Path(__file__).parent / "generics.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(normalise(line) for line in lines)


def names_of(entity: Annotation) -> set[str]:
    """Normal forms of an entity's name and mentions."""
    forms = [entity["name"], *(m if isinstance(m, str) else m["text"] for m in entity.get("mentions", []))]
    return {normalise(form) for form in forms} - {""}


def _relations(entity: Annotation) -> set[str]:
    if "relations" in entity:
        return {r if isinstance(r, str) else r["type"] for r in entity["relations"]}
    return {entity["role"]} if entity.get("role") else set()


def _same_type(predicted: Annotation, gold: Annotation, strict: bool) -> bool:
    types = {gold["type"]} | ({gold["alt_type"]} if gold.get("alt_type") else set())
    if not strict and types & _DATA:
        types |= _DATA
    return predicted["type"] in types


def match(
    predicted: list[Annotation], gold: list[Annotation], strict: bool
) -> tuple[list[tuple[Annotation, Annotation]], list[Annotation], list[Annotation]]:
    """Greedy one-to-one matching: pairs, unmatched predictions, unmatched gold."""
    pairs, free, left = [], list(gold), []
    for entity in predicted:
        fitting = [g for g in free if _same_type(entity, g, strict)]
        hit = next((g for g in fitting if normalise(entity["name"]) in names_of(g)), None) or next(
            (g for g in fitting if names_of(entity) & names_of(g)), None
        )
        if hit is None:
            left.append(entity)
        else:
            free.remove(hit)
            pairs.append((entity, hit))
    return pairs, left, free


def tally(paper: str, gold: Annotation, predicted: Annotation) -> Tally:
    """Counts everything that is right, wrong or missing in one paper."""
    result = Tally()
    _entities(paper, gold, predicted, result)
    _sets(
        result,
        "links",
        {_url(link["url"]) for link in gold["links"]},
        {_url(link["url"]) for link in predicted.get("links", [])},
    )
    _sets(
        result,
        "link_kinds",
        {(_url(link["url"]), link.get("kind")) for link in gold["links"]},
        {(_url(link["url"]), link.get("kind")) for link in predicted.get("links", [])},
    )
    _results(paper, gold, predicted, result)
    _tasks(gold, predicted, result)
    return result


def _sets(result: Tally, key: str, gold: set[Any], predicted: set[Any]) -> None:
    result.right[key] += len(gold & predicted)
    result.wrong[key] += len(predicted - gold)
    result.missing[key] += len(gold - predicted)


def _entities(paper: str, gold: Annotation, predicted: Annotation, result: Tally) -> None:
    soft = {name for entity in gold["entities"] if entity.get("optional") for name in names_of(entity)}
    for key, strict in (("entities", False), ("entities_strict", True)):
        pairs, left, free = match(predicted["entities"], gold["entities"], strict)
        missed = [entity for entity in free if not entity.get("optional")]
        extra = [e for e in left if not names_of(e) & soft and normalise(e["name"]) not in generics()]
        hits = [pair for pair in pairs if not pair[1].get("optional")]
        result.right[key] += len(hits)
        result.wrong[key] += len(extra)
        result.missing[key] += len(missed)
        if strict:
            continue
        result.right.update(g["type"] for _, g in hits)
        result.missing.update(g["type"] for g in missed)
        result.wrong.update(e["type"] for e in extra)
        for entity in extra:
            result.errors.append(Error(paper, f"{entity['type']} too many", _why_extra(entity, gold), entity["name"]))
        for entity in missed:
            result.errors.append(
                Error(paper, f"{entity['type']} missed", _why_missed(entity, predicted), entity["name"])
            )
        _relation_tally(paper, hits, extra, missed, result)
    found = {name for entity in predicted["entities"] for name in names_of(entity)}
    there = {name for entity in gold["entities"] for name in names_of(entity)}
    wanted = [entity for entity in gold["entities"] if not entity.get("optional")]
    hit_any = sum(bool(names_of(entity) & found) for entity in wanted)
    result.right["any_type"] += hit_any
    result.missing["any_type"] += len(wanted) - hit_any
    result.wrong["any_type"] += sum(
        not names_of(entity) & there and normalise(entity["name"]) not in generics() for entity in predicted["entities"]
    )


def _relation_tally(
    paper: str,
    hits: list[tuple[Annotation, Annotation]],
    extra: list[Annotation],
    missed: list[Annotation],
    result: Tally,
) -> None:
    for entity, gold in hits:
        accepted = {gold["role"], *gold.get("also", [])}
        got = _relations(entity) - {_IGNORED}
        role = gold["role"]
        if role != _IGNORED:
            (result.right if role in got else result.missing).update(["relations", role])
            if role not in got:
                instead = ", ".join(sorted(_relations(entity))) or "none"
                result.errors.append(Error(paper, f"{role} missed", f"taken for {instead}", gold["name"]))
        for wrong in sorted(got - accepted):
            result.wrong.update(["relations", wrong])
            result.errors.append(Error(paper, f"{wrong} too many", f"gold says {role}", gold["name"]))
    for entity in extra:
        for relation in _relations(entity) - {_IGNORED}:
            result.wrong.update(["relations", relation])
    for gold in missed:
        if gold["role"] != _IGNORED:
            result.missing.update(["relations", gold["role"]])


def _overlaps(one: set[str], other: set[str]) -> bool:
    return any(a in b or b in a for a in one for b in other if min(len(a), len(b)) > 2)


def _why_extra(entity: Annotation, gold: Annotation) -> str:
    names = names_of(entity)
    if any(names & names_of(g) for g in gold["entities"]):
        return "wrong type, or found twice"
    if any(_overlaps(names, names_of(g)) for g in gold["entities"]):
        return "wrong boundary"
    return "no name, or left out by gold"


def _why_missed(entity: Annotation, predicted: Annotation) -> str:
    names = names_of(entity)
    if any(names & names_of(p) for p in predicted["entities"]):
        return "wrong type"
    if any(_overlaps(names, names_of(p)) for p in predicted["entities"]):
        return "wrong boundary"
    return "name not found"


def _url(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.strip().lower()).rstrip("/.")


def _sign(value: str) -> str:
    first = value.strip().replace("\u2212", "-").replace("\u2013", "-")[:1]
    return first if first in {"+", "-"} else ""


def _figure(result: Annotation, entities: list[Annotation]) -> tuple[str, str]:
    benchmark = normalise(result["benchmark"])
    for entity in entities:
        if benchmark in names_of(entity):
            benchmark = normalise(entity["name"])
    return benchmark, re.sub(r"[^0-9.]", "", result["value"]).rstrip(".")


def _results(paper: str, gold: Annotation, predicted: Annotation, result: Tally) -> None:
    entities = gold["entities"]

    def one(name: str) -> str:
        return next((normalise(e["name"]) for e in entities if normalise(name) in names_of(e)), normalise(name))

    def faults(ours: Annotation, theirs: Annotation) -> list[str]:
        found = []
        if _sign(ours["value"]) != _sign(theirs["value"]):
            found.append("sign")
        if one(ours.get("model", "")) != one(theirs.get("model", "")):
            found.append("model")
        mine, wanted = normalise(ours.get("metric", "")), normalise(theirs.get("metric", ""))
        if wanted and not (mine and (mine in wanted or wanted in mine)):
            found.append("metric")
        return found

    free = list(gold["results"])
    found_results = predicted.get("results", [])
    for ours in found_results:
        key = _figure(ours, entities)
        same = [g for g in free if _figure(g, entities) == key]
        hit = next((g for g in same if not faults(ours, g)), None)
        if hit is not None:
            free.remove(hit)
            result.right["results_full"] += 1
        else:
            result.wrong["results_full"] += 1
            cause = "wrong " + ", ".join(faults(ours, same[0])) if same else "no such figure on this benchmark"
            result.errors.append(Error(paper, "result too many", cause, f"{ours['benchmark']} {ours['value']}"))
    result.missing["results_full"] += len(free)
    for g in free:
        result.errors.append(Error(paper, "result missed", "", f"{g['benchmark']} {g['value']}"))
    _sets(
        result,
        "results",
        {_figure(r, entities) for r in gold["results"]},
        {_figure(r, entities) for r in found_results},
    )


def _tasks(gold: Annotation, predicted: Annotation, result: Tally) -> None:
    def words(phrase: str) -> set[str]:
        return set(re.findall(r"[a-z0-9]+", phrase.lower()))

    free = [words(task) for task in gold.get("tasks", [])]
    for task in map(words, predicted.get("tasks", [])):
        hit = next((g for g in free if g and len(task & g) * 2 >= len(task | g)), None)
        if hit is not None:
            free.remove(hit)
        (result.right if hit is not None else result.wrong)["tasks"] += 1
    result.missing["tasks"] += len(free)


def by_paper(gold: dict[str, Annotation], predicted: dict[str, Annotation]) -> Iterator[Tally]:
    """The tally of each gold paper; for a paper without prediction nothing was found."""
    nothing: Annotation = {"entities": [], "links": [], "results": [], "tasks": []}
    for paper, annotation in gold.items():
        yield tally(paper, annotation, predicted.get(paper, nothing))
