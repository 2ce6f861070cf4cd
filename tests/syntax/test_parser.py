"""Statements as trees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotUnderstoodError, RefusedError
from kg.syntax import parse, tokenise, tree
from kg.syntax.parser import MAX_DEPTH


def value(text: str) -> tree.Expression:
    (item,) = parse(f"RETURN {text} AS x").queries[0].clauses[0].items
    return item.value


def shape(part) -> str:
    """An expression with all its brackets."""
    match part:
        case tree.Constant():
            return repr(part.value)
        case tree.Variable():
            return part.name
        case tree.Unary():
            return f"({part.operator} {shape(part.operand)})"
        case tree.Binary():
            return f"({shape(part.left)} {part.operator} {shape(part.right)})"
        case tree.Comparison():
            operands = [shape(each) for each in part.operands]
            return (
                "("
                + operands[0]
                + "".join(f" {o} {e}" for o, e in zip(part.operators, operands[1:], strict=True))
                + ")"
            )
        case tree.IsNull():
            return f"({shape(part.of)} IS {'NOT ' if part.negated else ''}NULL)"
        case tree.PropertyAccess():
            return f"{shape(part.of)}.{part.name}"
        case tree.Index():
            return f"{shape(part.of)}[{shape(part.index)}]"
        case tree.Call():
            return f"{part.name}({', '.join(map(shape, part.arguments))})"
    return type(part).__name__


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 ^ 4", "(1 + (2 * (3 ^ 4)))"),
        ("2 ^ 3 ^ 4", "((2 ^ 3) ^ 4)"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("-x ^ 2", "((- x) ^ 2)"),
        ("NOT a AND b OR c XOR d", "(((NOT a) AND b) OR (c XOR d))"),
        ("NOT a = b", "(NOT (a = b))"),
        ("a < b + 1 <= c", "(a < (b + 1) <= c)"),
        ("a IN b AND c STARTS WITH 'd'", "((a IN b) AND (c STARTS WITH 'd'))"),
        ("a + b IS NOT NULL", "((a + b) IS NOT NULL)"),
        ("a =~ 'x' = true", "((a =~ 'x') = True)"),
        ("a.b.c[0][1].d", "a.b.c[0][1].d"),
        ("f(1, a.b(2))", "f(1, a.b(2))"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("0x1F + 0o17 + 1_000", "((31 + 15) + 1000)"),
        (".5 + 1e3 + 1.5E-2", "((0.5 + 1000.0) + 0.015)"),
        ("'it\\'s \\\\ \\n'", repr("it's \\ \n")),
        ("`a``b`", "a`b"),
        ("(a) - (b)", "(a - b)"),
        ("(a)--(b)", "PatternValue"),
        ("[(a)-->(b) | b.x]", "PatternComprehension"),
        ("[x IN y WHERE z | x]", "Comprehension"),
        ("[x IN y, z]", "ListOf"),
        ("[]", "ListOf"),
        ("{}", "MapOf"),
        ("p {.*, a: 1, b}", "MapProjection"),
        ("count(*)", "CountRows"),
        ("count { (a)-->() }", "Subquery"),
        ("count", "count"),
        ("all(x IN y WHERE z)", "Quantifier"),
        ("exists((a)-->())", "PatternValue"),
        ("case + 1", None),
        ("CASE a WHEN 1, 2 THEN 3 END", "Case"),
        ("shortestPath((a)-[*]-(b))", "PatternValue"),
        ("a IS :: INTEGER", "IsType"),
        ("a:Paper|!Model&%", "LabelTest"),
        ("set.delete + create.x", "(set.delete + create.x)"),
        ("a IN b = c IS NULL", "((a IN b) = (c IS NULL))"),
        ("(a IN b) IN c", "((a IN b) IN c)"),
        ("1 - -1 + +1", "((1 - (- 1)) + (+ 1))"),
        ("- -1", "(- (- 1))"),
        ("0x1_F + 0o_7 + 1.5f + 007.5 + 1e1_0", "((((31 + 7) + 1.5) + 7.5) + 10000000000.0)"),
        ("[NaN, -Infinity, inf, `nan`]", "ListOf"),
        ("NaN + inf + `nan`", "((nan + inf) + nan)"),
        ("a IS A|B AND a IS NULL", "(LabelTest AND (a IS NULL))"),
        ("trim(BOTH 'x' FROM a)", "btrim(a, 'x')"),
        ("trim(leading FROM a)", "ltrim(a)"),
        ("trim('x' FROM a)", "btrim(a, 'x')"),
        ("trim(both + 'x')", "trim((both + 'x'))"),
        ("trim(from)", "trim(from)"),
        ("trim(FROM from)", "btrim(from)"),
        ("normalize(a, nfkd)", "normalize(a, 'NFKD')"),
    ],
)
def test_an_expression_is_read_as_neo4j_reads_it(text, expected):
    if expected is None:
        with pytest.raises(NotUnderstoodError):
            value(text)
    else:
        assert shape(value(text)) == expected


def test_a_pattern_has_its_parts():
    (match,) = (
        parse("OPTIONAL MATCH p = (a:A {x: 1})<-[r:B|C*2..3]-(b WHERE b.y) WHERE a.x RETURN 1").queries[0].clauses[:1]
    )
    (path,) = match.paths
    first, edge, last = path.elements
    assert match.optional and path.variable == "p" and match.where
    assert (first.variable, last.variable, edge.variable, edge.direction) == ("a", "b", "r", "<")
    assert (edge.hops.low, edge.hops.high) == (2, 3)
    assert first.properties and last.where and isinstance(edge.types, tree.EitherLabel)


@pytest.mark.parametrize(
    ("hops", "low", "high"),
    [("*", 1, None), ("*2", 2, 2), ("*..3", 1, 3), ("*2..", 2, None), ("*0..1", 0, 1), ("*..", 1, None)],
)
def test_how_many_edges(hops, low, high):
    path = parse(f"MATCH (a)-[{hops}]-(b) RETURN 1").queries[0].clauses[0].paths[0]
    assert (path.elements[1].hops.low, path.elements[1].hops.high) == (low, high)


@pytest.mark.parametrize(
    "edge", ["-[:A|:B]->", "-[IS A|:B]->", "-[:(A|:B)]->{1,2}", "-[r:!A]->{1,2}", "-[:(A|B)*1..2]->"]
)
def test_types_are_joined_in_the_ways_of_neo4j(edge):
    assert parse(f"MATCH (a:(A):B){edge}(b:A&!B|C) RETURN 1")


def test_a_character_to_trim_stands_there():
    with pytest.raises(RefusedError, match="btrim"):
        parse("RETURN trim(BOTH $x FROM 'a')")


def test_every_part_knows_where_it_stands():
    statement = (
        "MATCH (a:Paper)-[r]->(b) WHERE a.x = 'y' WITH a, count(*) AS n ORDER BY n RETURN a {y: a.x, n}, [n][0] // z"
    )
    for part in parse(statement).walk():
        assert 0 <= part.start < part.end <= len(statement)
        for inner in part.parts():
            assert part.start <= inner.start <= inner.end <= part.end
        if isinstance(part, tree.Variable | tree.LabelName):
            assert statement[part.start : part.end] == part.name


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("MATCH (n) RETRUN n", "line 1, column 11: 'RETRUN'"),
        ("MATCH (n)\nRETURN n,", "line 2, column 10: the end"),
        ("RETURN 'x", "line 1, column 8: the ' is not closed"),
        ("RETURN 'a\\qb'", "means nothing"),
        ("RETURN 9223372036854775808", "too large"),
        ("RETURN 1e999", "too large"),
        ("RETURN 007", "octal is 0o17"),
        ("RETURN 1 IN [1] IS NULL", "line 1, column 17: IS after another such operator"),
        ("RETURN 1__0", "thousands 1_000"),
        ("RETURN -+1", "'+' stands where a value is expected"),
        ("RETURN - -a", "'-' stands where a value is expected"),
        ("RETURN 1_.5", "thousands"),
        ("MATCH ()-[*01]->() RETURN 1", "octal"),
        ("RETURN a IN b IN c", "IN after another"),
        ("RETURN a OR b IS NULL IS NULL", "IS after another"),
        ("RETURN a = b CONTAINS c ENDS WITH d", "ENDS after another"),
        ("MATCH (a:A:B&C) RETURN a", "line 1, column 10: labels are joined with ':' alone or"),
        ("MATCH (a:(A:B)|C) RETURN a", "labels are joined with ':' alone or"),
        ("MATCH (a) WHERE a:!A:B RETURN a", "labels are joined with ':' alone or"),
        ("MATCH (a IS A:B) RETURN a", "after IS, labels are joined with '&'"),
        ("MATCH (a:A|:B) RETURN a", "labels have no ':' after '|'"),
        ("MATCH ()-[r:A|:B]->() RETURN r", "stand alone in their brackets"),
        ("MATCH ()-[:A|:B*2]->() RETURN 1", "stand alone in their brackets"),
        ("MATCH ()-[:A|:!B]->() RETURN 1", "labels are joined with ':' alone or"),
        ("MATCH ()-[:!A*1..3]->() RETURN 1", "before *, types are joined with | only"),
        ("RETURN trim(BOTH 'xy' FROM a)", "one character: for several, btrim("),
        ("RETURN trim(BOTH 'x' a)", "'a' stands where FROM is expected"),
        ("RETURN normalize(a, 'NFC')", "a normal form is NFC"),
    ],
)
def test_a_mistake_is_reported_with_its_place(statement, message):
    with pytest.raises(NotUnderstoodError) as raised:
        parse(statement)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "opening",
    [
        "(",
        "[",
        "{a: ",
        "NOT ",
        "CASE WHEN ",
        "EXISTS { MATCH (a) WHERE ",
        "({a: ",
        "(x WHERE (",
        "trim(",
        "trim(BOTH ",
        "normalize(",
    ],
)
def test_nesting_takes_no_longer_than_its_length(opening):
    with pytest.raises((RefusedError, NotUnderstoodError)):
        parse("RETURN " + opening * 2 * MAX_DEPTH)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(TEXT)
def test_any_text_in_quotes_is_that_text(text):
    for quote in "'\"":
        written = text.replace("\\", "\\\\").replace(quote, "\\" + quote)
        try:
            assert value(f"{quote}{written}{quote}").value == text
        except RefusedError as raised:
            assert "rule 'characters'" in str(raised)


@given(
    st.lists(
        st.sampled_from("a 1 'x' ( ) [ ] { } , . .. : = + - NOT AND IN CASE WHEN END * | $p -> <- --".split()),
        max_size=25,
    )
)
def test_any_tokens_are_read_or_refused_and_spans_hold(parts):
    statement = "RETURN " + " ".join(parts)
    try:
        query = parse(statement)
    except (NotUnderstoodError, RefusedError) as raised:
        assert str(raised)
        return
    assert all(0 <= part.start <= part.end <= len(statement) for part in query.walk())


@given(st.text(max_size=60))
def test_tokens_are_what_stands_there(text):
    try:
        found = tokenise(text)
    except (NotUnderstoodError, RefusedError):
        return
    assert all(text[token.start : token.end] == token.text for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@pytest.mark.parametrize("value", ["({a: 1}.a)", "({a: 1}.a + 1)", "CASE (1) WHEN 1 THEN 2 END", "({a: 1}) - 1"])
def test_what_begins_like_a_pattern_or_a_call_may_be_a_value(value):
    (clause,) = parse(f"RETURN {value} AS x").queries[0].clauses
    assert not any(isinstance(part, tree.PatternValue | tree.Call) for part in clause.walk())
