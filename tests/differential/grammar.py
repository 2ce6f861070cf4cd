"""Statements made by a grammar of all functions and forms that reading statements may use.

Most expressions have the types that their functions want; some have none, nulls or values of other types. What engines
may answer as they like is left out: ids, the order of rows that nothing puts in order, the time.
"""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from compare import Seed

from kg.schema import EDGES, NODES

DEPTH = 3
"""Expressions within each other, at most."""

_INTEGERS = (
    "0 1 -1 2 3 5 7 10 -3 100 127 128 -128 255 256 2147483647 2147483648 9007199254740993 9223372036854775807 "
    "-9223372036854775807 0x1F 0o17 1_000"
).split()
_FLOATS = (
    "0.0 -0.0 1.0 0.1 0.5 1.5 2.5 -2.5 3.7 1e16 1e-7 1.5e300 1e100 123456789.123 5e-324 1e21 .5 0.49999999999999994 "
    "-1e-3 2e0"
).split()
_TEXTS = (
    "", " ", "a", "b", "abc", "ABC", "a,b", "a,,b", ",a,", "aa", "Straße", "İstanbul", "ΟΔΥΣΣΕΥΣ", "cafe\u0301", "café",
    "🚀", "𝒢", "it's", '"', "\\", "\\alpha", "C++", "a.c", "[x]", "%", "_", " \t x\n ", "1", "-1",
    "+5", "007", "1.0", "1e3", "1e100", "0x1F", "1 2", " 1 ", "true", "TRUE", "false", "null", "NaN", "Infinity",
    "9223372036854775807", "9223372036854775808", "1234567890123456789", "3.9", "-0", "2024-01-15", "2024-01", "2024",
    "2024-02-30", "MTEB", "gpt",
)  # fmt: skip
_PATTERNS = (
    "a", "a.*", ".*b.*", "(?i)abc", "[a-c]+", "a|b", "", ".", ".*", "\\\\d+", "\\\\\\\\.*", "^a.*$", "\\\\w*", "[^a]*",
    "a?b?c?", "(?i)straße", "(?s).*", "\\\\p{Lu}+", "\\\\p{L}*", "a{2}", "\\\\bB?abc\\\\b", "[[:alpha:]]+", "\\\\s*x\\\\s*", ".{1,3}",
    "(a", "[", "\\\\Qa.c\\\\E", "C\\\\+\\\\+", "(?<n>a)bc",
)  # fmt: skip
_TYPES = ("INTEGER", "FLOAT", "STRING", "BOOLEAN", "LIST<ANY>", "MAP", "NODE", "RELATIONSHIP", "PATH", "ANY", "NULL")

# How a pattern may look, with the kind of entity of each of its variables.
_PATTERNS_OF_PAPERS = (
    ("(p:Paper)", "p:Paper"),
    ("(p:Paper {year: 2024})", "p:Paper"),
    ("(p:Paper)-[r:USES]->(m)", "p:Paper r:USES m:Method"),
    ("(p:Paper)-[r:USES]->(m:Method)", "p:Paper r:USES m:Method"),
    ("(p:Paper)-[r:EVALUATES_ON]->(m:Benchmark)", "p:Paper r:EVALUATES_ON m:Benchmark"),
    ("(p:Paper)-[r]->(m:Model)", "p:Paper r:USES m:Model"),
    ("(p:Paper)-[r:INTRODUCES|MENTIONS]->(m)", "p:Paper r:INTRODUCES m:Model"),
    ("(p:Paper)-[r:CITES]->(q:Paper)", "p:Paper r:CITES q:Paper"),
    ("(p:Paper)-[r:CITES]-(q:Paper)", "p:Paper q:Paper"),
    ("(p:Paper)<-[r:CITES]-(q)", "p:Paper r:CITES q:Paper"),
    ("(p:Paper)-[:CITES*1..2]->(q:Paper)", "p:Paper q:Paper"),
    ("x = (p:Paper)-[:CITES]->(q:Paper)", "p:Paper q:Paper x:path"),
    ("x = (m:Model)-[:VARIANT_OF*1..3]->(n:Model)", "m:Model n:Model x:path"),
    ("(p:Paper)-[:REPORTS]->(f:Result)-[:ON]->(m:Benchmark)", "p:Paper f:Result m:Benchmark"),
    ("(f:Result)", "f:Result"),
    ("(f:Result)-[:OF]->(m:Model)", "f:Result m:Model"),
    ("(m:Model)", "m:Model"),
    ("(m:Benchmark|Dataset)", "m:Benchmark"),
    ("(m:Method)", "m:Method"),
    ("(p:Paper)-[r:AUTHORED_BY]->(a:Author)", "p:Paper r:AUTHORED_BY a:Author"),
    ("(p:Paper)-[:ADDRESSES]->(t:Task)<-[:ADDRESSES]-(q:Paper)", "p:Paper t:Task q:Paper"),
    ("(g:Repository)", "g:Repository"),
)
_ENTITY = {"integer": ("papers",), "text": ("id", "name", "type", "origin"), "texts": ("aliases", "keys")}
_EVIDENCE = {"number": ("confidence",), "integer": ("start",), "text": ("by",)}
_PROPERTIES: dict[str, dict[str, tuple[str, ...]]] = {
    "Paper": {
        "integer": ("year", "upvotes"),
        "text": ("id", "title", "abstract", "published", "url", "first_seen"),
        "boolean": ("stub",),
        "texts": ("keys",),
    },
    "Result": {
        "integer": ("start", "end"),
        "number": ("number",),
        "text": ("id", "metric", "value", "unit"),
        "boolean": ("relative",),
    },
    "Author": {"text": ("id", "name")},
    "Task": {"text": ("id", "name")},
    "Repository": {"text": ("id", "name", "url")},
    "CITES": {"boolean": ("inferred",)},
    "AUTHORED_BY": {"integer": ("position",)},
    **dict.fromkeys(("Model", "Method", "Benchmark", "Dataset"), _ENTITY),
    **dict.fromkeys(("USES", "MENTIONS", "INTRODUCES", "EVALUATES_ON"), _EVIDENCE),
}

_PARAMETERS: dict[str, tuple[Any, ...]] = {
    "integer": (0, 1, -1, 5, 100, 127, 200, 2024, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), None),
    "number": (0.0, -0.0, 1.5, 1e16, 1e-7, 1e300, 2.0, None),
    "text": ("", "a", "MTEB", "\\alpha", "it's", "café", "cafe\u0301", "2023-06-01", "👩‍👩‍👧", "\u00a0x\u2003", None),
    "boolean": (True, False, None),
    "texts": ([], ["a"], ["MTEB", "C4"], [None], ["a", None], ["café", ""], None),
    "integers": ([], [1, 2, 3], [2**62, 1], [None, 1], [2024, 2023], [1, 1, 2], None),
    "any": (None, 1, 1.0, "1", True, [], {}, [1, "a", None], {"a": 1}, [[1], [2, 3]], [{"a": 1}, {"b": None}]),
    "rows": (
        [{"x": "a", "y": "1"}, {"y": "2", "x": "b"}],
        [{"x": 1, "y": None}, {"x": None, "y": 2}],
        [{"x": 1}, {"y": 2}],
        [{"x": [], "y": ["a"]}, {"x": ["b"], "y": []}],
        [{"x": {"z": 1}, "y": {}}, {"y": {"z": None}, "x": {}}],
        [{"x": 1, "y": 2.5}, {"x": 1.0, "y": 2}],
        [{"x": True, "y": "t"}, {"x": None, "y": None}],
        [],
        None,
    ),
}


def generated(seed: int, count: int) -> Iterator[Seed]:
    """Statements, the same for the same seed; each depends on its place only, not on how many are asked for."""
    for place in range(count):
        yield Generator(random.Random(f"{seed}/{place}")).seed(f"grammar {seed}/{place}")


class Generator:
    """Makes one statement."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._parameters: dict[str, Any] = {}
        self._variables: list[tuple[str, str]] = []
        """Variables that may be used, with the type of their values."""
        self._names = 0

    def seed(self, source: str) -> Seed:
        """The statement with its parameters."""
        shapes: list[tuple[int, Callable[[], str]]] = [
            (30, self._plain_return),
            (12, self._unwound),
            (8, self._rows),
            (20, self._matched),
            (10, self._aggregated),
            (8, self._piped),
            (5, self._optional_filter),
            (4, self._united),
            (5, self._called),
            (5, self._optional),
            (12, self._wide),
        ]
        shape = self._chance.choices([make for _, make in shapes], [weight for weight, _ in shapes])[0]
        return Seed(shape(), self._parameters, source)

    # Statements

    def _plain_return(self) -> str:
        items = self._items(self._chance.choice([1, 1, 1, 2, 3]), DEPTH)
        return f"RETURN {', '.join(items)}"

    def _unwound(self) -> str:
        kind = self._pick("integer", "number", "text", "boolean", "any", "integers")
        source = self._list_of(kind, 2)
        self._variables.append(("x", kind))
        where = f"WITH x WHERE {self._expression('boolean', 2)} " if self._happens(0.2) else ""
        last = self._pick(
            lambda: f"RETURN {', '.join(['x AS x', *self._items(2, 2)])}",
            lambda: f"RETURN x AS x ORDER BY x{self._pick('', ' DESC')}{self._cut()}",
            lambda: f"RETURN DISTINCT {self._expression('any', 1)} AS v",
            lambda: f"RETURN {self._aggregate(1)} AS v, {self._aggregate(1)} AS w",
            lambda: "WITH x ORDER BY x RETURN collect(x) AS v, collect(DISTINCT x) AS w",
            lambda: f"RETURN {self._expression('any', 1)} AS k, {self._aggregate(1)} AS v",
        )()
        return f"UNWIND {source} AS x {where}{last}"

    def _rows(self) -> str:
        self._parameters["rows"] = self._pick(*_PARAMETERS["rows"])
        self._variables.append(("r.x", "any"))
        self._variables.append(("r.y", "any"))
        self._variables.append(("r['x']", "any"))
        last = self._pick(
            lambda: "RETURN r.x AS x, r.y AS y",
            lambda: f"RETURN r AS r, {', '.join(self._items(1, 2))}",
            lambda: f"RETURN r {{.x, z: {self._expression('any', 1)}}} AS m",
            lambda: "RETURN properties(r) AS m, size(keys(r)) AS k",
            lambda: "MATCH (p:Paper) WHERE p.id = r.x OR p.year = r.x RETURN p.id AS id, r.y AS y",
            lambda: f"WITH r WHERE {self._expression('boolean', 1)} RETURN count(r) AS n, count(r.x) AS x",
            lambda: "RETURN r.y AS y, count(*) AS n, collect(r.x) AS c",
        )()
        return f"UNWIND $rows AS r {last}"

    def _matched(self) -> str:
        match = self._match()
        where = f" WHERE {self._expression('boolean', 2)}" if self._happens(0.5) else ""
        items = self._items(self._chance.choice([1, 2, 3]), 2)
        if self._happens(0.3):
            keys = [name for name, kind in self._variables if kind in NODES]
            items.append(f"{self._pick(*keys)}.id AS k")
            names = [item.rpartition(" AS ")[2] for item in items]
            order = f" ORDER BY {', '.join(name + self._pick('', '', ' DESC') for name in reversed(names))}"
            return (
                f"MATCH {match}{where} RETURN {self._pick('', '', 'DISTINCT ')}{', '.join(items)}{order}{self._cut()}"
            )
        return f"MATCH {match}{where} RETURN {self._pick('', '', 'DISTINCT ')}{', '.join(items)}"

    def _aggregated(self) -> str:
        match = self._match()
        where = f" WHERE {self._expression('boolean', 1)}" if self._happens(0.3) else ""
        values = [f"{self._aggregate(1)} AS v{place}" for place in range(self._chance.randint(1, 2))]
        keys = [f"{self._expression(self._pick('text', 'integer', 'boolean', 'any'), 1)} AS k"] * self._happens(0.6)
        order = f" ORDER BY k{self._pick('', ' DESC')}" if keys and self._happens(0.5) else ""
        return f"MATCH {match}{where} RETURN {', '.join(keys + values)}{order}"

    def _piped(self) -> str:
        match = self._match()
        kept = [name for name, _ in self._variables[:2]]
        kind = self._pick("integer", "text", "boolean", "number", "texts")
        value = self._expression(kind, 2)
        self._variables = [*self._variables[:2], ("w", kind)]
        where = f" WHERE {self._expression('boolean', 1)}" if self._happens(0.5) else ""
        items = self._items(2, 2)
        keys = f"{kept[0]}.id" if self._variables[0][1] in NODES else kept[0]
        order = f" ORDER BY {keys}, w" if self._happens(0.3) and not keys.startswith("x") else ""
        return f"MATCH {match} WITH {', '.join(kept)}, {value} AS w{order}{where} RETURN {', '.join(items)}"

    def _optional_filter(self) -> str:
        self._parameters["y"] = self._pick(None, None, 2023, 2024, -5)
        self._parameters["t"] = self._pick(None, "a", "", "MTEB", "\\")
        self._parameters["ids"] = self._pick(None, [], ["2401.00001"], ["2401.00001", None])
        self._parameters["n"] = self._pick(0, 1, 3, 100)
        conditions = (
            "($y IS NULL OR p.year >= $y)",
            "($t IS NULL OR p.title CONTAINS $t)",
            "($t IS NULL OR toLower(p.title) CONTAINS toLower($t))",
            "($ids IS NULL OR p.id IN $ids)",
            "(size($ids) = 0 OR p.id IN $ids)",
            "($y IS NULL OR p.published STARTS WITH toString($y))",
            "coalesce(p.year = $y, true)",
            "(CASE WHEN $y IS NULL THEN true ELSE p.year = $y END)",
            "any(k IN p.keys WHERE k IN $ids)",
            "NOT p.id IN $ids",
            "date(p.published) >= date('2023-06-01')",
            "p.published >= '2023-06-01'",
        )
        chosen = " AND ".join(self._chance.sample(conditions, self._chance.randint(1, 3)))
        limit = self._pick("", " LIMIT $n", " SKIP $n", " SKIP 1 LIMIT $n")
        return f"MATCH (p:Paper) WHERE {chosen} RETURN p.id AS id, p.year AS year, $y AS y ORDER BY id{limit}"

    def _united(self) -> str:
        joint = self._pick(" UNION ", " UNION ALL ")
        parts = [f"RETURN {self._expression('any', 1)} AS a, {self._expression('any', 1)} AS b" for _ in range(2)]
        if self._happens(0.4):
            parts.append("MATCH (p:Paper) RETURN p.year AS a, p.title AS b")
        return joint.join(parts)

    def _called(self) -> str:
        match = self._match()
        name, kind = self._variables[0]
        inner = self._pick(
            f"WITH {name} RETURN {self._of_variable(name, kind)} AS w",
            f"WITH {name} MATCH ({name})--(z) RETURN count(z) AS w",
            f"WITH {name} UNWIND [1, 2] AS z RETURN z AS w",
            f"WITH {name} WITH {name} WHERE false RETURN 1 AS w",
            "UNWIND [1, null] AS w RETURN w",
            "MATCH (z:Task) RETURN count(*) AS w",
            f"WITH {name} RETURN 1 AS w UNION ALL WITH {name} RETURN 2 AS w",
        )
        if kind not in NODES:
            inner = "UNWIND [1, null] AS w RETURN w"
        self._variables.append(("w", "any"))
        return f"MATCH {match} CALL {{ {inner} }} RETURN {', '.join(['w AS w', *self._items(1, 1)])}"

    def _optional(self) -> str:
        match = self._match()
        nodes = [name for name, kind in self._variables if kind in NODES]
        start = self._pick(*nodes)
        self._variables += [("o", "Paper"), ("e", "CITES")]
        where = f" WHERE {self._expression('boolean', 1)}" if self._happens(0.4) else ""
        to = self._pick("(o:Paper)", "(o:Paper {year: 2019})", "(o:Paper {id: 'none'})")
        edge = self._pick("-[e:CITES]->", "<-[e:CITES]-")
        items = ", ".join(self._items(2, 2))
        return f"MATCH {match} OPTIONAL MATCH ({start}){edge}{to}{where} RETURN {items}, e AS e, o.id AS o"

    def _wide(self) -> str:
        """A MATCH of several edges with conditions on several nodes."""
        nodes, paths = ["n0"], []
        labels = {"n0": self._pick("", ":Paper", ":Model", ":Benchmark")}
        known: set[str] = set()

        def node(name: str) -> str:
            text = f"({name})" if name in known else f"({name}{labels[name]})"
            known.add(name)
            return text

        for place in range(self._chance.choice([1, 2, 2, 3, 3])):
            start = self._pick(*nodes)
            end = self._pick(*nodes) if len(nodes) > 2 and self._happens(0.2) else f"n{len(nodes)}"
            if end not in labels:
                nodes.append(end)
                labels[end] = self._pick("", "", ":Paper", ":Model", ":Benchmark", ":Result", " {origin: 'extracted'}")
            arrow = self._pick("-[{}]->", "<-[{}]-", "-[{}]->", "<-[{}]-", "-[{}]-")
            edge = f"r{place}{self._pick('', ':CITES', ':USES|CITES', ':REPORTS', ':ON', ':OF', ':VARIANT_OF')}"
            paths.append(f"{node(start)}{arrow.format(edge)}{node(end)}")
        first, last = nodes[0], nodes[-1]
        tests = (
            f"{first}.id <> {last}.id",
            f"{last}.id STARTS WITH '2'",
            f"({last}:Model OR {last}:Paper)",
            f"{first}:Paper",
            f"NOT {last}:Paper",
            f"{first}.id >= '2306'",
            "type(r0) <> 'USES'",
            f"EXISTS {{ ({last})-[:CITES]->() }}",
            f"{last}.id CONTAINS 'e'",
            f"size({last}.id) > 9",
        )
        chosen = self._chance.sample(tests, self._chance.choice([0, 1, 1, 2]))
        joint = self._pick(", ", ", ", " MATCH ")
        where = f" WHERE {' AND '.join(chosen)}" if chosen else ""
        last_items = self._pick(
            f"{last}.id AS a",
            f"DISTINCT {last}.id AS a",
            "count(*) AS n",
            f"{first}.id AS a, count(*) AS n",
            f"{first}.id AS a, count(DISTINCT {last}) AS n ORDER BY a",
            f"DISTINCT labels({last}) AS a, type(r0) AS t",
            f"{first} AS a, r0 AS r",
        )
        return f"MATCH {joint.join(paths)}{where} RETURN {last_items}"

    def _match(self) -> str:
        text, variables = self._pick(*_PATTERNS_OF_PAPERS)
        self._variables += [tuple(each.split(":")) for each in variables.split()]  # type: ignore[misc]
        return str(text)

    def _items(self, number: int, depth: int) -> list[str]:
        kinds = ("any", "boolean", "integer", "number", "text", "texts", "integers", "map")
        return [f"{self._expression(self._pick(*kinds), depth)} AS c{place}" for place in range(number)]

    def _cut(self) -> str:
        return self._pick("", "", " LIMIT 3", " SKIP 1", " SKIP 2 LIMIT 2", " LIMIT 0", " LIMIT 1 + 1")

    # Expressions

    def _expression(self, kind: str, depth: int) -> str:
        """An expression whose value is of a kind, or null, or, now and then, of another."""
        if self._happens(0.04):
            return "null"
        if self._happens(0.04):
            kind = self._pick("integer", "number", "text", "boolean", "texts", "integers", "map")
        if kind == "any":
            kind = self._pick(
                "integer", "number", "text", "boolean", "texts", "integers", "map", "mixed", "nested", "variable"
            )
        if depth <= 0 or self._happens(0.15):
            return self._leaf(kind)
        if self._happens(0.12):
            return self._of_any_kind(kind, depth - 1)
        makers = {
            "integer": self._integer,
            "number": self._number,
            "text": self._text,
            "boolean": self._boolean,
            "texts": self._texts,
            "integers": self._integers,
            "map": self._map,
        }
        return makers[kind](depth - 1) if kind in makers else self._leaf(kind)

    def _leaf(self, kind: str) -> str:
        fitting = [self._of_variable(name, of, kind) for name, of in self._variables if self._fits(of, kind)]
        if fitting and self._happens(0.75):
            return self._pick(*fitting)
        if kind in _PARAMETERS and self._happens(0.15):
            return self._parameter(kind)
        match kind:
            case "integer":
                return self._pick(*_INTEGERS)
            case "number":
                return self._pick(*_FLOATS)
            case "text":
                return _quoted(self._pick(*_TEXTS))
            case "boolean":
                return self._pick("true", "false", "null")
            case "texts":
                return f"[{', '.join(self._some(lambda: self._leaf('text')))}]"
            case "integers":
                return f"[{', '.join(self._some(lambda: self._leaf('integer')))}]"
            case "map":
                return self._pick("{}", "{a: 1}", "{b: 'x', a: null}", "{a: {b: 2}}", "{a: [1, 2], c: true}")
            case "mixed":
                kinds = ("integer", "number", "text", "boolean", "map", "integers")
                return f"[{', '.join(self._some(lambda: self._leaf(self._pick(*kinds))))}]"
            case "nested":
                return self._pick("[[1], [2, 3]]", "[[], [null]]", "[[1, 'a'], []]", "[{a: 1}, {a: 2}]", "[[[]]]")
            case _ if self._variables:
                return self._pick(*self._variables)[0]
            case _:
                return self._pick("null", "1", "'a'", "[]", "{}")

    def _fits(self, of: str, kind: str) -> bool:
        return of in (kind, "any") or kind in _PROPERTIES.get(of, ())

    def _of_variable(self, name: str, of: str, kind: str = "text") -> str:
        properties = _PROPERTIES.get(of, {}).get(kind)
        return f"{name}.{self._pick(*properties)}" if properties else name

    def _parameter(self, kind: str) -> str:
        self._names += 1
        name = f"p{self._names}"
        self._parameters[name] = self._pick(*_PARAMETERS[kind])
        return f"${name}"

    def _of_any_kind(self, kind: str, depth: int) -> str:
        """A form that has the kind of what is in it."""
        e = self._expression
        many = {"text": "texts", "integer": "integers"}.get(kind, "mixed")
        return self._pick(
            lambda: f"CASE WHEN {e('boolean', depth)} THEN {e(kind, depth)} ELSE {e(kind, depth)} END",
            lambda: f"CASE WHEN {e('boolean', depth)} THEN {e(kind, depth)} END",
            lambda: (
                f"CASE {e('integer', depth)} WHEN 1, 2 THEN {e(kind, depth)} WHEN null THEN {e(kind, depth)} "
                f"ELSE {e(kind, depth)} END"
            ),
            lambda: f"coalesce({e(kind, depth)}, {e(kind, depth)})",
            lambda: f"nullIf({e(kind, depth)}, {e(kind, depth)})",
            lambda: f"head({self._list_of(kind, depth)})",
            lambda: f"last({self._list_of(kind, depth)})",
            lambda: f"{self._list_of(kind, depth)}[{e('integer', 0)}]",
            lambda: f"{{a: {e(kind, depth)}, b: 1}}.a",
            lambda: f"{{a: {e(kind, depth)}}}['a']",
            lambda: f"({e(kind, depth)})",
            lambda: f"reduce(s = {e(kind, depth)}, y IN {e(many, depth)} | {self._with('s', kind, 'y', kind, depth)})",
        )()

    def _with(self, accumulator: str, of: str, variable: str, kind: str, depth: int) -> str:
        with_both = [(accumulator, of), (variable, kind)]
        self._variables += with_both
        text = self._expression(of, min(depth, 1))
        del self._variables[-2:]
        return text

    def _list_of(self, kind: str, depth: int) -> str:
        if kind in ("text", "integer") and self._happens(0.4):
            return self._expression(f"{kind}s", depth)
        return f"[{', '.join(self._some(lambda: self._expression(kind, depth - 1)))}]"

    def _bound(self, kind: str, depth: int) -> str:
        """A condition on `y`."""
        self._variables.append(("y", kind))
        text = self._expression("boolean", min(depth, 1))
        self._variables.pop()
        return text

    def _mapped(self, kind: str, to: str, depth: int) -> str:
        """A value made of `y`."""
        self._variables.append(("y", kind))
        text = self._expression(to, min(depth, 1))
        self._variables.pop()
        return text

    def _integer(self, depth: int) -> str:
        e = self._expression
        any_list = self._pick("texts", "integers", "mixed")
        return self._pick(
            lambda: f"{e('integer', depth)} {self._pick('+', '-', '*', '/', '%')} {e('integer', depth)}",
            lambda: f"-{e('integer', 0)}".replace("--", "- -"),
            lambda: f"size({e(self._pick('text', any_list), depth)})",
            lambda: f"char_length({e('text', depth)})",
            lambda: f"character_length({e('text', depth)})",
            lambda: f"toInteger({e(self._pick('text', 'number', 'integer', 'boolean'), depth)})",
            lambda: f"toIntegerOrNull({e('any', depth)})",
            lambda: f"abs({e('integer', depth)})",
            lambda: f"sign({e(self._pick('integer', 'number'), depth)})",
            lambda: f"size(keys({e('map', depth)}))",
            lambda: f"COUNT {{ {self._inner()} }}",
            lambda: f"length({self._path()})",
        )()

    def _number(self, depth: int) -> str:
        e = self._expression
        number = self._pick("number", "integer")
        functions = (
            "sqrt exp log log10 ceil floor sin cos tan cot asin acos atan degrees radians haversin abs round toFloat"
        )
        return self._pick(
            lambda: f"{e('number', depth)} {self._pick('+', '-', '*', '/', '%', '^')} {e(number, depth)}",
            lambda: f"{e('integer', depth)} ^ {e(number, 0)}",
            lambda: f"{self._pick(*functions.split())}({e(number, depth)})",
            lambda: f"{self._pick(*functions.split())}({e(number, depth)})",
            lambda: f"round({e('number', depth)}, {self._pick('0', '1', '2', '3', '10', '-1')})",
            lambda: f"round({e('number', depth)}, {self._pick('0', '1', '2')}, {_quoted(self._pick(*_MODES))})",
            lambda: f"toFloat({e('text', depth)})",
            lambda: f"atan2({e('number', depth)}, {e(number, depth)})",
            lambda: f"toFloatOrNull({e('any', depth)})",
            lambda: self._pick("e()", "pi()", "1.0 / 0", "0.0 / 0.0", "-1 / 0.0"),
        )()

    def _text(self, depth: int) -> str:
        e = self._expression
        one = "toUpper toLower upper lower trim ltrim rtrim btrim reverse normalize toString"
        some = self._pick("integer", "number", "boolean", "text")
        edges = [name for name, of in self._variables if of in EDGES]
        choices: list[Callable[[], str]] = [
            lambda: f"{self._pick(*one.split())}({e('text', depth)})",
            lambda: f"{self._pick(*one.split())}({e('text', depth)})",
            lambda: f"{self._pick('left', 'right', 'substring')}({e('text', depth)}, {e('integer', 0)})",
            lambda: f"{self._pick('left', 'right')}({e('text', depth)}, {self._pick('0', '1', '2', '100')})",
            lambda: f"substring({e('text', depth)}, {self._pick('0', '1', '3')}, {self._pick('0', '1', '2', '9')})",
            lambda: f"replace({e('text', depth)}, {e('text', 0)}, {e('text', 0)})",
            lambda: f"toString({e(some, depth)})",
            lambda: f"toStringOrNull({e('any', depth)})",
            lambda: f"{e('text', depth)} + {e(self._pick('text', 'text', some), depth)}",
            lambda: f"{e('text', depth)} || {e('text', depth)}",
            lambda: f"valueType({e('any', depth)})",
            lambda: f"toString(date({_quoted(self._pick('2024-01-15', '2024-01', '2024', '20240115', '2024-02-30'))}))",
        ]
        if edges:
            choices.append(lambda: f"type({self._pick(*edges)})")
            choices.append(lambda: f"{self._pick('startNode', 'endNode')}({self._pick(*edges)}).id")
        return self._pick(*choices)()

    def _boolean(self, depth: int) -> str:
        e = self._expression
        kind = self._pick("integer", "number", "text", "boolean", "any")
        sign = self._pick("=", "<>", "<", "<=", ">", ">=")
        entities = [name for name, of in self._variables if of in NODES]
        choices: list[Callable[[], str]] = [
            lambda: f"{e(kind, depth)} {sign} {e(kind, depth)}",
            lambda: f"{e(kind, depth)} {sign} {e(kind, depth)}",
            lambda: f"{e('any', depth)} {sign} {e('any', depth)}",
            lambda: f"{e('integer', depth)} < {e('number', depth)} <= {e('integer', depth)}",
            lambda: f"({e('boolean', depth)} {self._pick('AND', 'OR', 'XOR')} {e('boolean', depth)})",
            lambda: f"NOT {e('boolean', depth)}",
            lambda: f"{e('any', depth)} {self._pick('IS NULL', 'IS NOT NULL')}",
            lambda: f"{e('any', depth)} IS {self._pick('', 'NOT ')}:: {self._pick(*_TYPES)}",
            lambda: f"{e(kind, depth)} IN {self._list_of(kind, depth)}",
            lambda: f"{e('text', depth)} {self._pick('STARTS WITH', 'ENDS WITH', 'CONTAINS')} {e('text', depth)}",
            lambda: f"{e('text', depth)} =~ '{self._pick(*_PATTERNS)}'",
            lambda: f"isEmpty({e(self._pick('text', 'texts', 'map'), depth)})",
            lambda: f"isNaN({e('number', depth)})",
            lambda: f"toBoolean({e(self._pick('text', 'integer', 'boolean'), depth)})",
            lambda: f"toBooleanOrNull({e('any', depth)})",
            lambda: self._quantified(depth),
            lambda: f"EXISTS {{ {self._inner()} }}",
            lambda: f"{e('integers', depth)} {sign} {e('integers', depth)}",
        ]
        if entities:
            name = self._pick(*entities)
            choices += [
                lambda: f"{name}:{self._pick('Paper', 'Model', '!Paper', 'Model|Method', '%')}",
                lambda: f"({name})-[:{self._pick('CITES', 'USES', 'VARIANT_OF')}]->()",
                lambda: f"EXISTS {{ ({name}){self._pick('-->', '<--', '--')}({self._pick('', ':Paper', ':Model')}) }}",
            ]
        return self._pick(*choices)()

    def _quantified(self, depth: int) -> str:
        kind = self._pick("integer", "text", "number", "boolean")
        source = self._list_of(kind, depth)
        return f"{self._pick('all', 'any', 'none', 'single')}(y IN {source} WHERE {self._bound(kind, depth)})"

    def _texts(self, depth: int) -> str:
        e = self._expression
        some = self._pick("texts", "integers", "mixed")
        paths = [name for name, of in self._variables if of == "path"]
        choices: list[Callable[[], str]] = [
            lambda: f"split({e('text', depth)}, {self._pick(_quoted(self._pick(',', '', 'a', ' ', ',,')), 'null')})",
            lambda: f"split({e('text', depth)}, ['a', ','])",
            lambda: f"[y IN {e('texts', depth)} WHERE {self._bound('text', depth)}]",
            lambda: f"[y IN {e('texts', depth)} | {self._mapped('text', 'text', depth)}]",
            lambda: f"{e('texts', depth)} + {e(self._pick('text', 'texts'), depth)}",
            lambda: f"{e('texts', depth)} || {e('texts', depth)}",
            lambda: f"{self._pick('toStringList', 'toIntegerList', 'toFloatList', 'toBooleanList')}({e(some, depth)})",
            lambda: self._of_lists("texts", depth),
            lambda: f"[y IN {e('integers', depth)} | {self._mapped('integer', 'text', depth)}]",
            lambda: f"COLLECT {{ {self._inner()} RETURN z.id }}",
        ]
        if paths:
            choices.append(lambda: f"[y IN nodes({paths[0]}) | y.id]")
            choices.append(lambda: f"[y IN relationships({paths[0]}) | type(y)]")
        if nodes := [name for name, of in self._variables if of in NODES]:
            choices.append(lambda: f"[({self._pick(*nodes)})--(z:Model) | z.name]")
            choices.append(lambda: f"labels({self._pick(*nodes)})")
        return self._pick(*choices)()

    def _integers(self, depth: int) -> str:
        e = self._expression
        small = ("0", "1", "3", "-2", "5", "10")
        return self._pick(
            lambda: f"range({self._pick(*small)}, {self._pick(*small)})",
            lambda: f"range({self._pick(*small)}, {self._pick(*small)}, {self._pick('1', '2', '-1', '-3', '0')})",
            lambda: f"[y IN {e('integers', depth)} WHERE {self._bound('integer', depth)}]",
            lambda: f"[y IN {e('integers', depth)} | {self._mapped('integer', 'integer', depth)}]",
            lambda: (
                f"[y IN {e('integers', depth)} WHERE {self._bound('integer', depth)} "
                f"| {self._mapped('integer', 'any', depth)}]"
            ),
            lambda: f"{e('integers', depth)} + {e(self._pick('integer', 'integers'), depth)}",
            lambda: f"[y IN {e('texts', depth)} | {self._mapped('text', 'integer', depth)}]",
            lambda: self._of_lists("integers", depth),
        )()

    def _of_lists(self, kind: str, depth: int) -> str:
        bound = self._pick("0..2", "1..", "..1", "-2..", "..-1", "2..1", "0..100", "null..2", "..")
        text = self._expression(kind, depth)
        # On Neo4j, reverse() of a list property is an error.
        return self._pick(f"tail({text})", f"reverse({text} + [])", f"{text}[{bound}]")

    def _map(self, depth: int) -> str:
        e = self._expression
        choices: list[Callable[[], str]] = [
            lambda: f"{{b: {e('any', depth)}, a: {e('any', depth)}}}",
            lambda: f"{{a: {e('any', depth)}, `c d`: {e('integer', depth)}}}",
            lambda: f"properties({e('map', depth)})",
        ]
        if nodes := [(name, of) for name, of in self._variables if of in NODES]:
            name, of = self._pick(*nodes)
            some = self._pick(*(each for group in _PROPERTIES[of].values() for each in group))
            choices += [
                lambda: f"{name} {{.{some}, z: {e('any', depth)}}}",
                lambda: f"{name} {{.*}}",
                lambda: f"{name} {{.*, {some}: null}}",
                lambda: f"properties({name})",
            ]
        return self._pick(*choices)()

    def _path(self) -> str:
        return self._pick(*[name for name, of in self._variables if of == "path"] or ["null"])

    def _inner(self) -> str:
        nodes = [name for name, of in self._variables if of in NODES]
        start = f"({self._pick(*nodes)})" if nodes and self._happens(0.7) else "(:Paper)"
        edge = self._pick("-[:CITES]->", "<-[:CITES]-", "--", "-[:USES]->", "-[:EVALUATES_ON]->")
        where = self._pick("", " WHERE z.id STARTS WITH '2'", " WHERE z.year > 2020 OR z.papers > 1")
        return f"MATCH {start}{edge}(z){where}"

    def _aggregate(self, depth: int) -> str:
        distinct = self._pick("", "", "DISTINCT ")
        kind = self._pick("integer", "number", "text", "boolean", "any")
        number = self._pick("integer", "number")
        e = self._expression
        return self._pick(
            lambda: "count(*)",
            lambda: f"count({distinct}{e(kind, depth)})",
            lambda: f"sum({distinct}{e(number, depth)})",
            lambda: f"avg({distinct}{e(number, depth)})",
            lambda: f"{self._pick('min', 'max')}({distinct}{e(kind, depth)})",
            lambda: f"collect({distinct}{e(kind, depth)})",
            lambda: f"size(collect({distinct}{e(kind, depth)}))",
            lambda: f"{self._pick('stDev', 'stDevP')}({e(number, depth)})",
            lambda: (
                f"{self._pick('percentileCont', 'percentileDisc')}({e(number, depth)}, "
                f"{self._pick('0', '0.5', '1.0', '0.33', '1.5')})"
            ),
            lambda: f"count({e(kind, depth)}) + {self._pick('1', 'count(*)')}",
        )()

    # Chance

    def _happens(self, probability: float) -> bool:
        return self._chance.random() < probability

    def _pick(self, *choices: Any) -> Any:
        return self._chance.choice(choices)

    def _some(self, make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(self._chance.choice([0, 1, 1, 2, 3]))]


_MODES = ("UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN", "half_up", "X")


def _quoted(text: str) -> str:
    """A text as a literal."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t")
    return f"'{escaped}'"


def as_line(seed: Seed) -> str:
    """A seed as a line of a seeds file."""
    if not seed.parameters:
        return seed.statement
    return json.dumps({"statement": seed.statement, "parameters": seed.parameters}, ensure_ascii=False)
