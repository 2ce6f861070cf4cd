"""Builds kg/knowledge/entries/packages.jsonl from facts in permissively licensed public packages.

Only names, aliases and the titles, arXiv ids and years of papers are taken, never descriptions. The packages are
downloaded (pip download, pinned in requirements.txt), unpacked and read as text; nothing of them is run. What
curated.jsonl, which is written by hand, has already is left out; with --fill its entries get missing papers from here.

    python training/catalogue/build.py --cache ~/.cache/citegraph-catalogue
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import from_datasets
import from_graphs
import from_harnesses
import from_methods
import from_mteb
import from_openmmlab
import from_transformers
from entry import Entry, Paper, key, read, write
from fetch import Package, fetch, pins
from names import is_acronym

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[1] / "kg" / "knowledge" / "entries"
READERS: dict[str, Callable[[Package], Iterator[Entry]]] = {
    "mteb": from_mteb.collect,
    "transformers": from_transformers.collect,
    **dict.fromkeys(("torch-geometric", "ogb", "pykeen"), from_graphs.collect),
    **dict.fromkeys(
        ("lm-eval", "lmms-eval", "opencompass", "inspect-evals", "crfm-helm", "parlai"), from_harnesses.collect
    ),
    **dict.fromkeys(
        ("tensorflow-datasets", "torchgeo", "ir-datasets", "torchvision", "timm"), from_datasets.collect
    ),
    **dict.fromkeys(
        (
            "pytorch-optimizer", "adversarial-robustness-toolbox", "textattack", "recbole",
            "d3rlpy", "stable-baselines3", "sb3-contrib",
        ),
        from_methods.collect,
    ),
}  # fmt: skip


def merged(entries: Iterable[Entry], dropped: set[str]) -> list[Entry]:
    """One entry a type and key; the first package's spelling stays, papers and aliases are added up."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        bare_acronym = is_acronym(entry.name) and not entry.paper.as_json()
        if key(entry.name) in dropped or bare_acronym:
            continue
        known = found.setdefault(entry.key, entry)
        if known is not entry:
            known.add_aliases(entry.aliases)
            known.paper.fill(entry.paper)
    return list(found.values())


def taken_names(curated: Iterable[Entry]) -> set[str]:
    """The keys of all names and aliases of the entries written by hand, whatever their type."""
    return {key(name) for entry in curated for name in entry.names()}


def beside(packages: Iterable[Entry], curated: list[Entry]) -> list[Entry]:
    """The entries that `curated` does not have, without the aliases that it has."""
    taken = taken_names(curated)
    new: dict[str, Entry] = {}
    order = {"Benchmark": 0, "Model": 1, "Method": 2, "Dataset": 3}
    for entry in sorted(packages, key=lambda e: order[e.type]):
        if key(entry.name) in taken or key(entry.name) in new:
            continue
        entry.aliases = [alias for alias in entry.aliases if key(alias) not in taken]
        new[key(entry.name)] = entry
    for entry in new.values():
        entry.aliases = [alias for alias in entry.aliases if key(alias) not in new]
    return list(new.values())


def fill(curated: list[Entry], packages: Iterable[Entry]) -> None:
    """Adds to entries written by hand, in place, the papers and titles that packages have."""
    by_name = {(entry.type, key(name)): entry for entry in curated for name in entry.names()}
    titles: dict[str, Paper] = {}
    for entry in packages:
        if entry.paper.arxiv and entry.paper.title:
            titles.setdefault(entry.paper.arxiv, entry.paper)
        known = by_name.get(entry.key)
        if known and not known.context and key(known.name) == key(entry.name):
            known.paper.fill(entry.paper)
    for known in curated:
        if known.paper.arxiv in titles:
            known.paper.fill(titles[known.paper.arxiv])


def main() -> None:
    """Downloads, reads, merges and writes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for downloads, kept between runs")
    parser.add_argument("--out", type=Path, default=CATALOGUE)
    parser.add_argument("--fill", action="store_true", help="also give curated.jsonl the papers it lacks")
    args = parser.parse_args()
    found: list[Entry] = []
    for name, version in pins(HERE / "requirements.txt"):
        package = fetch(name, version, args.cache)
        entries = list(READERS.get(name, from_openmmlab.collect)(package))
        print(f"{len(entries):5} {package.source}")
        found += entries
    exceptions = [json.loads(line) for line in (args.out / "exceptions.jsonl").read_text(encoding="utf-8").splitlines()]
    dropped = {key(item["form"]) for item in exceptions if item["match"] == "never"}
    dropped |= {key(line) for line in (HERE / "dropped.txt").read_text(encoding="utf-8").splitlines()}
    curated = read(args.out / "curated.jsonl")
    packages = merged(found, dropped)
    wrong = {key(line) for line in (HERE / "wrong_papers.txt").read_text(encoding="utf-8").splitlines()}
    for entry in packages:
        if key(entry.name) in wrong:
            entry.paper = Paper()
    if args.fill:
        fill(curated, packages)
        write(args.out / "curated.jsonl", curated)
    new = beside(packages, curated)
    write(args.out / "packages.jsonl", new)
    print(len(new), dict(Counter(entry.type for entry in new)))


if __name__ == "__main__":
    main()
