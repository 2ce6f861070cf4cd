"""A small graph of what expressions stumble over: odd texts, extreme numbers, dates of all lengths, nulls, cycles."""

from projection import Projection

from kg.schema import Edge, Value

_LARGEST = 2**63 - 1

# id: title, year, published, upvotes, stub, keys, abstract; None is no value.
_PAPERS: dict[str, tuple[Value, ...]] = {
    "2401.00001": ("Caf\u0065\u0301 au lait: na\u00efve de\u0301codage", 2024, "2024-01-15", 0, False, ["cafe", "café"], ""),
    "2401.00002": ("👩‍👩‍👧 families and 🚀 rockets", 2024, "2024-01", 1, True, [], "An abstract.\nWith two lines."),
    "2401.00003": ("Straße, İstanbul und ΟΔΥΣΣΕΥΣ", 2024, "2024", -1, None, ["straße", "STRASSE"], None),
    "2306.00004": ("It's \"quoted\" and `ticked`", 2023, "2023-06-01", _LARGEST, False, ["a", "a", "b"], "'"),
    "2306.00005": ("\\textbf{bold} \\alpha\\beta and C:\\new", 2023, "2023-06", None, False, ["\\alpha"], "\\"),
    "1912.00006": ("  spaces \t tab \u00a0 no-break \u2003 em  ", 2019, "2019-12-31", 7, None, [" ", ""], "\u2028"),
    "1912.00007": ("", -5, "", -(2**62), True, [""], "  "),
    "10.1000/x.y": ("A,,b,;c,", 0, None, 100, False, [",", "a,,b"], "(C++) [x] {1,2} a.c a|b ^$ *"),
    "title/none": (None, None, None, None, None, None, None),
    "title/numbers": ("007", 1, "2020-02-29", 127, False, ["1", "2.0", "1e3", "-0", "NaN", "+5"], "1234567890123456789"),
    "title/case": ("ǅ ﬁ ŉ ẞ ς σ Σ", 128, "2021-13-45", 128, True, ["Ǆ", "ǆ"], "ABC abc"),
    "title/null": ("null", 2**31, "0999-01-01", 2**53 + 1, False, ["null", "true", "false"], "true"),
}  # fmt: skip
_ENTITIES = {
    "Benchmark": {
        "MTEB": (["Massive Text Embedding Benchmark", "mteb"], 3),
        "MTEB-é": ([], 1),
        "MTEB 2": (None, 0),
        "100%": (["", "%"], None),
    },
    "Dataset": {"C4": (["C4"], -7), "数据集": (["dataset", "数据"], _LARGEST)},
    "Model": {
        "GPT-3": (["gpt3", "GPT 3"], 2),
        "GPT-3.5": ([], 2),
        "gpt-4": (["GPT4"], 1),
        "𝒢ℳ": (None, None),
        "C++ coder": (["c++"], 0),
    },
    "Method": {"LoRA": (["Low-Rank Adaptation"], 4), "A* search": ([], 0), "ﬁne-tuning": (None, 1)},
}
_RELATIONS = [
    ("2401.00001", "INTRODUCES", "MTEB", 0.95),
    ("2401.00001", "USES", "LoRA", 1.0),
    ("2401.00001", "EVALUATES", "LoRA", 0.0),
    ("2401.00001", "MENTIONS", "LoRA", 0.0),
    ("2401.00001", "USES", "GPT-3", 0.1),
    ("2401.00001", "MENTIONS", "GPT-3", None),
    ("2401.00001", "EVALUATES_ON", "MTEB", 0.3),
    ("2401.00002", "EVALUATES_ON", "MTEB", 0.7),
    ("2401.00002", "EVALUATES_ON", "MTEB-é", 1e-310),
    ("2401.00002", "COMPARES_WITH", "GPT-3.5", -0.0),
    ("2401.00003", "INTRODUCES", "gpt-4", 1 / 3),
    ("2401.00003", "TRAINS_ON", "C4", 0.5),
    ("2401.00003", "TRAINS_ON", "数据集", 0.5),
    ("2401.00003", "EVALUATES_ON", "100%", 1e300),
    ("2306.00004", "USES", "LoRA", 0.2),
    ("2306.00004", "EVALUATES", "GPT-3", 0.2),
    ("2306.00004", "EVALUATES", "𝒢ℳ", None),
    ("2306.00005", "USES", "ﬁne-tuning", 0.6),
    ("2306.00005", "EVALUATES_ON", "MTEB", 0.6),
    ("1912.00006", "INTRODUCES", "C4", 0.9),
    ("1912.00006", "MENTIONS", "A* search", 5e-324),
    ("10.1000/x.y", "USES", "C++ coder", 0.25),
    ("title/none", "MENTIONS", "MTEB", None),
    ("title/numbers", "USES", "GPT-3.5", 0.1 + 0.2),
]
_CITES: list[tuple[str, str, bool | None]] = [
    ("2401.00001", "2401.00002", False),
    ("2401.00002", "2401.00003", True),
    ("2401.00003", "2401.00001", None),
    ("2401.00001", "2401.00001", False),
    ("2401.00001", "2306.00004", True),
    ("2306.00004", "2306.00005", False),
    ("2306.00005", "2306.00004", True),
    ("2306.00004", "1912.00006", None),
    ("title/none", "1912.00007", None),
]
_VARIANTS = [
    ("MTEB-é", "MTEB"),
    ("MTEB 2", "MTEB"),
    ("GPT-3.5", "GPT-3"),
    ("gpt-4", "GPT-3.5"),
    ("𝒢ℳ", "gpt-4"),
]
_RESULTS: list[tuple[str, str, str | None, Value, Value, Value, Value, Value]] = [
    # paper, benchmark, model, metric, value, number, unit, relative
    ("2401.00001", "MTEB", "GPT-3", "accuracy", "66.8%", 66.8, "%", False),
    ("2401.00001", "MTEB", "GPT-3", "accuracy", "+2.1", 2.1, None, True),
    ("2401.00002", "MTEB", "GPT-3.5", "F1", "-0", -0.0, "", False),
    ("2401.00002", "MTEB-é", None, None, "1e300", 1e300, "x", None),
    ("2401.00003", "100%", "gpt-4", "BLEU", "1,000", 1000.0, "%", False),
    ("2401.00003", "100%", "𝒢ℳ", "bleu", "0.1", 0.1, "%", False),
    ("2306.00004", "MTEB", "GPT-3", "accuracy", "tiny", 5e-324, None, None),
    ("2306.00005", "MTEB", "GPT-3", "accuracy", "2.5", 2.5, None, True),
    ("2306.00005", "MTEB", None, "accuracy", "-2.5", -2.5, None, True),
    ("title/none", "MTEB", None, None, None, None, None, None),
]
_AUTHORS = {
    "2401.00001": ["José Ñandú", "Jose\u0301 N\u0303andu\u0301", "李 明"],
    "2401.00002": ["李 明", 'O\'Brien, "Pat"'],
    "2306.00004": ['O\'Brien, "Pat"'],
    "title/none": [""],
}
_REPOSITORIES = {
    "github.com/a/b": ("a/b", "https://github.com/a/b?x=1&y=%20#z"),
    "gitlab.com/c/d.e": ("c/d.e", None),
}


def odd() -> Projection:
    """The graph."""
    graph = Projection()
    names = ("title", "year", "published", "upvotes", "stub", "keys", "abstract")
    for place, (key, values) in enumerate(_PAPERS.items()):
        graph.nodes["Paper"][key] = _row(key, dict(zip(names, values, strict=True)))
        if place % 2:
            graph.nodes["Paper"][key]["url"] = f"https://arxiv.org/abs/{key}"
            graph.nodes["Paper"][key]["first_seen"] = f"2025-11-{place + 1:02}T12:00:00Z"
    ids: dict[str, tuple[str, str]] = {}
    for label, entities in _ENTITIES.items():
        for name, (aliases, papers) in entities.items():
            key = f"{label.lower()}/{len(graph.nodes[label])}"
            ids[name] = key, label
            entity = {"name": name, "type": label, "aliases": aliases, "papers": papers, "origin": "extracted"}
            graph.nodes[label][key] = _row(key, entity)
    for place, (paper, relation, name, confidence) in enumerate(_RELATIONS):
        evidence = {"confidence": confidence, "start": place - 3, "by": "test" if place % 3 else None}
        graph.edges[relation].append(Edge(paper, "Paper", *ids[name], _row(None, evidence)))
    for citing, cited, inferred in _CITES:
        graph.edges["CITES"].append(Edge(citing, "Paper", cited, "Paper", _row(None, {"inferred": inferred})))
    for variant, parent in _VARIANTS:
        graph.edges["VARIANT_OF"].append(Edge(*ids[variant], *ids[parent], {}))
    for place, (paper, benchmark, model, metric, value, number, unit, relative) in enumerate(_RESULTS):
        key = f"result/{place}"
        figure = {"metric": metric, "value": value, "number": number, "unit": unit, "relative": relative}
        graph.nodes["Result"][key] = _row(key, {**figure, "start": place, "end": place + 3 if place % 2 else None})
        graph.edges["REPORTS"].append(Edge(paper, "Paper", key, "Result", {}))
        graph.edges["ON"].append(Edge(key, "Result", *ids[benchmark], {}))
        if model:
            graph.edges["OF"].append(Edge(key, "Result", *ids[model], {}))
    for paper, people in _AUTHORS.items():
        for position, name in enumerate(people, start=1):
            _join(graph, paper, "AUTHORED_BY", "Author", name, {"position": position})
    for paper, organization in (("2401.00001", "ACME, Inc."), ("2306.00004", "acme"), ("title/none", "")):
        _join(graph, paper, "AFFILIATED_WITH", "Organization", organization, {})
    for paper, task in (("2401.00001", "text embedding"), ("2401.00002", "text embedding"), ("1912.00007", "π")):
        _join(graph, paper, "ADDRESSES", "Task", task, {})
    for key, (name, url) in _REPOSITORIES.items():
        graph.nodes["Repository"][key] = _row(key, {"name": name, "url": url})
    for paper, relation, key in (
        ("2401.00001", "HAS_CODE", "github.com/a/b"),
        ("2401.00002", "LINKS_TO", "github.com/a/b"),
        ("2401.00002", "LINKS_TO", "gitlab.com/c/d.e"),
    ):
        graph.edges[relation].append(Edge(paper, "Paper", key, "Repository", {}))
    assert not graph.problems()
    return graph


def _row(key: str | None, properties: dict[str, Value]) -> dict[str, Value]:
    """The properties that have a value, and the id of a node."""
    given = {name: value for name, value in properties.items() if value is not None}
    return given if key is None else {"id": key, **given}


def _join(graph: Projection, paper: str, relation: str, label: str, name: str, properties: dict[str, Value]) -> None:
    key = f"{label.lower()}/{name}"
    graph.nodes[label][key] = {"id": key, "name": name}
    graph.edges[relation].append(Edge(paper, "Paper", key, label, properties))
