"""The test set of phrasings; `PYTHONPATH=tests python tests/questions/phrasings.py` prints how many are understood.

Half of the lines were set aside while the patterns were written; only the number of these is printed.
"""

import hashlib
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from phrasings_graph import phrasings

from kg.errors import NotUnderstoodError
from kg.queries import Asked
from kg.questions import ask
from kg.store import GraphReader
from kg.store.ladybug.reader import LadybugReader
from kg.store.ladybug.writer import write_database

FILE = Path(__file__).with_name("phrasings.tsv")

_OF_RELATIONS = {
    ("EVALUATES_ON",): "evaluates_on",
    ("TRAINS_ON",): "trains_on",
    ("COMPARES_WITH",): "compares_with",
    ("EVALUATES",): "evaluates",
    ("INTRODUCES",): "introduces",
    ("MENTIONS",): "mentions",
}
_OF_NODES = {"author": "by", "organization": "from", "task": "on_task"}
_EVERY = {
    "compares_with": "Model+Method",
    "evaluates": "Model+Method",
    "evaluates_on": "Benchmark+Dataset",
    "trains_on": "Benchmark+Dataset",
}
_ROWS = 25
_YEARS = 1000


class Phrasing(NamedTuple):
    question: str
    meaning: str

    @property
    def aside(self) -> bool:
        return hashlib.sha256(self.question.encode()).digest()[0] % 2 == 1


def read() -> list[Phrasing]:
    """All lines of the file."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Phrasing(*line.split("\t")) for line in lines]


def meaning(answer: Asked) -> str:
    """What a question was taken to mean, in the words of the file."""
    given = dict(answer.parameters)
    limit = given.pop("limit", _ROWS)
    limited = f"limit {limit}" if limit not in (_ROWS, _YEARS) else ""
    if " of " in answer.query:
        return _combined(answer, limited)
    relations = tuple(given.get("relations", ()))
    name = _OF_RELATIONS.get(relations) or _several(relations)
    types = "+".join(given.get("types", ()))
    times = _times(given)
    match answer.query:
        case "papers_by_relation":
            return _listed("papers", [f"{name} {given['entity']}", *times, limited])
        case "papers_of":
            return _listed("papers", [f"{_OF_NODES[given['node'].partition('/')[0]]} {given['node']}", *times, limited])
        case "citing" | "citing_entity":
            return _listed("papers", [f"cites {given.get('paper') or given.get('entity')}", limited])
        case "entities_of_introducing" | "entities_of_paper":
            what = "of_entity" if "entity" in given else "of_paper"
            every = types in ("Benchmark+Dataset+Model+Method", "Benchmark+Dataset")
            return f"{what} {name} {given.get('entity') or given.get('paper')} {'' if every else types}".strip()
        case "top_entities":
            return _listed(f"top {name} {types}", [*times, limited]).rstrip(":")
        case "top_by_year":
            each = f"limit {given['each']}" if "top 3" in answer.question else ""
            return _listed(f"top_by_year {name} {types}", [each]) if each else f"top_by_year {name} {types}"
        case "rising":
            years = f" {given['earlier']} {given['later']}" if str(given["later"]) in answer.question else ""
            return f"rising {name} {types}{years}"
        case "top_authors" | "top_organizations":
            return _listed(answer.query.removeprefix("top_"), [*times, limited])
        case "most_cited":
            return "top_cited"
        case "code_of_entity" | "descendants":
            return f"{answer.query} {given['entity']}"
        case _:
            values = [str(value) for value in given.values() if not isinstance(value, list)]
            return " ".join([answer.query, *values])


def _several(relations: tuple[str, ...]) -> str:
    if "MENTIONS" in relations:
        return "about"
    # A model or method cannot be trained or evaluated on.
    return "uses" if relations in {("EVALUATES_ON", "TRAINS_ON", "USES"), ("USES",)} else "builds_on"


def _combined(answer: Asked, limited: str) -> str:
    head, _, conditions = answer.query.partition(" of ")
    values = [
        v for k, v in answer.parameters.items() if k not in ("entities", "relations", "without", "limit", "types")
    ]
    groups = []
    for group in conditions.split(" and "):
        atoms = []
        for atom in group.strip("()").split(" or "):
            name = atom.removeprefix("not ")
            name = {"since_year": "since", "until_year": "until", "cites_origin": "cites", "all": ""}.get(name, name)
            number = {"has_code": 0, "": 0, "published_in_edition": 2}.get(name, 1)
            value = [str(values.pop(0)) for _ in range(number)]
            atoms.append(" ".join(["not"] * atom.startswith("not ") + [name, *value]))
        groups.append(" | ".join(atoms))
    if head == "entities":
        name = _OF_RELATIONS.get(tuple(answer.parameters["relations"])) or _several(
            tuple(answer.parameters["relations"])
        )
        types = "+".join(answer.parameters["types"])
        every = types == "Benchmark+Dataset+Model+Method" or types == _EVERY.get(name)
        head = f"entities {name}{'' if every else ' ' + types}"
    return _listed(head, [*groups, limited])


def _times(given: dict) -> list[str]:
    since, until = given.get("since", 0), given.get("until", 9999)
    return [f"since {since}"] * (since > 1) + [f"until {until}"] * (until < 9999)


def _listed(head: str, parts: list[str]) -> str:
    return f"{head}: {', '.join(filter(None, parts))}".strip()


def understood(store: GraphReader, phrasing: Phrasing) -> str:
    """Empty if the question is understood as it is meant, else what it was taken for."""
    try:
        answer = ask(store, phrasing.question)
    except NotUnderstoodError as error:
        proposed = phrasing.meaning.removeprefix("?").strip()
        right = phrasing.meaning.startswith("?") and (
            not proposed or any(proposed in each for each in error.suggestions)
        )
        return "" if right else f"not understood: {error} {error.suggestions[:3]}"
    taken = meaning(answer)
    return "" if _sorted(taken) == _sorted(phrasing.meaning) else f"{taken} [{answer.understood}]"


def _sorted(meaning: str) -> tuple[str, list[str]]:
    """The meaning without the order of conditions, and without a difference between building on a model and using it."""
    plain = re.sub(r"builds_on (model|method)/", r"uses \1/", meaning)
    head, _, parts = plain.partition(": ")
    return head, sorted(parts.split(", "))


def opened(folder: Path) -> GraphReader:
    """The graph of the phrasings, in a folder."""
    write_database(folder, [phrasings().tables()])
    return LadybugReader(folder)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = opened(Path(folder))
        for aside in (False, True):
            lines = [phrasing for phrasing in read() if phrasing.aside == aside]
            wrong = [(phrasing, taken) for phrasing in lines if (taken := understood(store, phrasing))]
            # To answer what was not asked is worse than not to understand.
            guessed = [pair for pair in wrong if not pair[1].startswith("not understood")]
            part = "set aside" if aside else "developed on"
            print(
                f"{part}: {len(lines) - len(wrong)} of {len(lines)} as meant, {len(guessed)} taken for something else"
            )
            if not aside or "--all" in sys.argv:
                for phrasing, taken in wrong:
                    print(f"  {phrasing.question}\n    meant {phrasing.meaning}\n    taken {taken}")


if __name__ == "__main__":
    main()
