"""Strangers' Cypher: what must run runs on both engines, and whatever does more than read is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import CitegraphError, NotUnderstoodError, RefusedError
from kg.queries import cypher, guard
from kg.statements import queries

ORDINARY = [
    "MATCH (p:Paper) RETURN p.id AS id ORDER BY id",
    "match (p:Paper) where p.year >= 2023 return p.title as title order by title desc skip 1 limit 2;",
    "MATCH (p:Paper)-[r:EVALUATES_ON]->(b {name: $name}) RETURN p.title AS t, r.evidence AS evidence ORDER BY t",
    "MATCH (p:Paper)-[:EVALUATES_ON|TRAINS_ON]->(b:Benchmark|Dataset) RETURN DISTINCT b.id AS id ORDER BY id",
    "MATCH (a:Paper)<-[:CITES]-(b:Paper)-->(m) WHERE m.id <> a.id RETURN a.id AS x, b.id AS y, m.id AS z "
    "ORDER BY x, y, z",
    "MATCH (p:Paper)--(o) RETURN p.id AS id, count(*) AS edges ORDER BY edges DESC, id",
    "MATCH (p:Paper)-[r]->(e) WHERE type(r) IN ['USES', \"MENTIONS\"] RETURN p.id AS x, e.id AS y ORDER BY x, y",
    "MATCH (p:Paper) OPTIONAL MATCH (p)-[:HAS_CODE]->(c) RETURN p.id AS id, c.url AS url ORDER BY id",
    "MATCH (p:Paper) WHERE EXISTS { MATCH (p)-[:USES]->(:Model) } RETURN p.id AS id ORDER BY id",
    "MATCH (p:Paper) WHERE NOT EXISTS { MATCH (p)-[:USES]->(:Method) } RETURN p.id AS id ORDER BY id",
    "MATCH (p:Paper) WHERE (p)-[:USES]->(:Model) RETURN p.id AS id ORDER BY id",
    "MATCH (p:Paper) WHERE p.title CONTAINS 'SET' OR p.title STARTS WITH 'LoRA' RETURN p.id AS id ORDER BY id",
    "MATCH (p:Paper) WHERE p.title ENDS WITH 'Search' AND NOT p.year IS NULL RETURN p.id AS id",
    "MATCH (p:Paper) WHERE p.year IS NULL XOR p.year IS NOT NULL RETURN count(p) AS n",
    "UNWIND [3, 1, 2] AS x WITH x WHERE x > 1 RETURN x ORDER BY x",
    "RETURN 1 AS x UNION RETURN 1 AS x",
    "RETURN 1 AS x UNION ALL RETURN 2 AS x",
    "MATCH (p:Paper) RETURN CASE WHEN p.year > 2022 THEN 'new' ELSE 'old' END AS age, count(*) AS n ORDER BY age",
    "MATCH (b:Benchmark) RETURN CASE b.name WHEN 'MTEB' THEN 1 ELSE 0 END AS it, b.id AS id ORDER BY it, id",
    "MATCH (b:Benchmark)<-[:EVALUATES_ON]-(p) WITH b, count(p) AS n WHERE n > 1 RETURN b.id AS id, n ORDER BY n, id",
    "MATCH (p:Paper)-[:AUTHORED_BY]->(a) WITH p, size(collect(a.name)) AS n RETURN p.id AS id, n ORDER BY id",
    "MATCH (a:Model)-[:VARIANT_OF*1..3]->(b:Model) RETURN a.id AS a, b.id AS b",
    "MATCH (p:Paper) RETURN min(p.year) AS a, max(p.year) AS b, avg(p.year) AS c, count(DISTINCT p.year) AS d",
    "MATCH (p:Paper) RETURN toUpper(p.id) AS a, toLower(p.title) AS b, coalesce(p.year, 0) AS c ORDER BY a",
    "MATCH (e:Benchmark) WHERE 'Massive Text Embedding Benchmark' IN e.aliases RETURN e.id AS id // CREATE (x)",
    "MATCH (n:Benchmark) /* DELETE n */ RETURN n.id AS `the id; DROP` ORDER BY `the id; DROP`",
    "RETURN 'CREATE (n) DELETE n; CALL x()' AS text, \"it's\" AS other, 'it\\'s' AS third",
    "RETURN 2 * 3 + 4 % 3 - 1 AS x, -1.5e2 AS y, 7 / 2 AS z, true AND NOT false AS b, null AS n",
    "MATCH (n:Result)-[:`ON`]->(b) RETURN n.value AS value, n.number AS number, n.relative AS relative, b.name AS name "
    "ORDER BY name, value",
    "WITH 1 AS a, 2 AS b RETURN a < b AND a <> b AS x, a <= b AS y, b >= a AS z",
    "MATCH (start:Paper {id: '2210.07316'})-[use:INTRODUCES]->(set) RETURN set.name AS name, use.by AS by",
    "MATCH (start:Paper)-[:CITES]->(stop) WHERE start.year > 2022 AND stop.year < 2023 RETURN stop.id AS id "
    "ORDER BY id",
    "MATCH (p:Paper)\n\tWHERE p.id IN $ids\r\nRETURN p AS paper ORDER BY p.id",
    "MATCH p = (a:Paper {id: '2402.09906'})-[:CITES]->(b:Paper) RETURN length(p) AS hops, b.id AS id ORDER BY id",
]

ATTACKS = {
    "clauses": [
        "CREATE (n:Paper {id: 'x'})",
        "create(n:Paper)",
        "CrEaTe/**/(n)",
        "/* MATCH */ CREATE (n)",
        "// MATCH\nMERGE (n:Paper {id: 'x'}) RETURN n",
        "MATCH (n) DELETE n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) DETACH/**/DELETE/**/n",
        "MATCH (n) NODETACH DELETE n",
        "MATCH (n) SET n.title = ''",
        "MATCH (n)SET n:Evil",
        "MATCH (n) SET n += {title: ''}",
        "MATCH (set) SET set.title = ''",
        "WITH * SET n.x = 1",
        "MATCH (n) WITH * SET n.x = 1 RETURN n",
        "MATCH (n) RETURN n.id ORDER BY n.id DESC SET n.x = 1",
        "MATCH (n) REMOVE n.title",
        "MATCH (n) WITH n LIMIT 1 MERGE (m:Paper {id: n.id})",
        "MATCH (a), (b) CREATE (a)-[:CITES]->(b)",
        "MATCH (a) INSERT (b)",
        "MATCH (a) FOREACH (x IN [1] | CREATE (:Evil))",
        "MATCH (n) FOREACH (x IN [n] | SET x.a = 1)",
        "UNWIND [1] AS x CREATE (n)",
        "UNWIND [1] AS x\nCREATE\n(n)",
        "DROP TABLE Paper",
        "DROP DATABASE neo4j",
        "ALTER TABLE Paper DROP title",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
        "COPY (MATCH (n) RETURN n) TO '/tmp/out.csv'",
        "COPY Paper FROM '/etc/passwd'",
        "LOAD FROM '/etc/passwd' RETURN *",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "MATCH (n) LOAD CSV FROM 'http://127.0.0.1/' AS line RETURN line",
        "WITH 1 AS x LOAD/**/CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "EXPORT DATABASE '/tmp/out'",
        "IMPORT DATABASE '/tmp/in'",
        "ATTACH '/tmp/x.db' AS x (dbtype sqlite)",
        "INSTALL httpfs",
        "LOAD EXTENSION httpfs",
        "UNINSTALL httpfs",
        "CALL show_tables() RETURN *",
        "CALL dbms.listConfig() YIELD name, value RETURN *",
        "MATCH (n) CALL db.labels() YIELD label RETURN label",
        "MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS",
        "MATCH (n) CALL (n) { DETACH DELETE n } RETURN 1",
        "OPTIONAL CALL apoc.cypher.run('CREATE (n)', {}) YIELD value RETURN value",
        "CALL threads=1",
        "MATCH (n) WHERE EXISTS { CALL db.labels() } RETURN n",
        "MATCH (n) WHERE COUNT { CREATE (m) } > 0 RETURN n",
        "RETURN COLLECT { MERGE (m:Evil) RETURN m }",
        "RETURN 1 AS x UNION CREATE (n) RETURN n AS x",
        "RETURN 1 AS x UNION ALL CALL db.labels() YIELD label RETURN label AS x",
        "USE neo4j MATCH (n) RETURN n",
        "EXPLAIN MATCH (n) DELETE n",
        "PROFILE MATCH (n) RETURN n",
        "CYPHER runtime=slotted CREATE (n)",
        "SHOW SETTINGS",
        "SHOW TRANSACTIONS YIELD *",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "GRANT ROLE admin TO neo4j",
        "BEGIN TRANSACTION",
        "CHECKPOINT",
        "COMMENT ON TABLE Paper IS 'x'",
        "CREATE MACRO f(x) AS x",
        "START n=node(0) RETURN n",
        "STOP DATABASE neo4j",
    ],
    "one statement": [
        "RETURN 1; CREATE (n)",
        "RETURN 1;CREATE (n);",
        "RETURN 1; RETURN 2",
        "MATCH (n) RETURN n;;",
        "RETURN 1 /*;*/ ; /* */ MATCH (n) DELETE n",
        "RETURN ';' ; DROP TABLE Paper",
    ],
    "functions": [
        "RETURN apoc.load.json('http://127.0.0.1/')",
        "RETURN apoc . cypher /**/ . runFirstColumn ('CREATE (n)', {})",
        "RETURN `apoc`.`load`.`json`('x')",
        "RETURN `file`('/etc/passwd')",
        "MATCH (n) WHERE file.exists('/etc/passwd') RETURN n",
        "RETURN [x IN [1] | load_file(x)]",
        "RETURN [x IN [1] | apoc.util.sleep(x)]",
        "RETURN {a: apoc.util.sleep(1)}",
        "RETURN {a: sleep(1)}",
        "RETURN size(range(1, 100000000))",
        "UNWIND range(1, 1000000000) AS x RETURN x",
        "RETURN reduce(a = '', x IN [1] | a + getenv('HOME'))",
        "RETURN nextval('seq')",
        "RETURN current_setting('threads')",
        "RETURN 1 AS evil(2)",
        "RETURN repeat('x', 1000000000)",
    ],
    "characters": [
        "RETURN '\\u0027 CREATE (n) //'",
        "\\u0043REATE (n)",
        "ＣＲＥＡＴＥ (n)",
        "MATCH (n) ſet n.x = 1",
        "MATCH (n)\u00a0SET n.x = 1",
        "MATCH (n) RETURN n // x\u2028 DELETE n",
        "MATCH (n) RETURN n // x\x85 DELETE n",
        "MATCH (n) RETURN n // x\x0b DELETE n",
        "MATCH (n) RETURN n // x\x00 DELETE n",
        "МATCH (n) RETURN n",
        "MATCH (n) RETURN '\ud800' AS x",
        "MATCH (n)\u200bDELETE n",
    ],
    "size": ["RETURN " + "(" * 60 + "1" + ")" * 60, "RETURN '" + "x" * 20_000 + "'"],
}

GARBAGE = [
    "",
    "   ",
    ";",
    "// only a comment",
    "hello",
    "which papers evaluate on MTEB",
    "MATCH",
    "MATCH (n",
    "MATCH (n)) RETURN n",
    "MATCH (n] RETURN n",
    "MATCH (n) RETRUN n",
    "MATCH (n) RETURN n WHERE",
    "RETURN 'not closed",
    "RETURN `not closed",
    "RETURN 1 /* not closed",
    "MATCH (n) RETURN n AS",
    "MATCH (n) FOO n",
    "RETURN 1 UNION",
    "OPTIONAL",
    "MATCH (n:NoSuchThing)-[:NO]->(m RETURN 1",
    "RETURN # 1",
    "ORDER BY x",
    "WHERE true RETURN 1",
    "(n)",
    "{",
]
PARAMETERS = {"name": "MTEB", "ids": ["2210.07316", "2402.09906"], "unused": 1}


@pytest.mark.parametrize("statement", ORDINARY)
def test_an_ordinary_statement_runs(ladybug, statement):
    answer = cypher(ladybug, statement, PARAMETERS)
    assert answer.cypher == statement
    assert all(row.keys() == set(answer.columns) for row in answer.rows)


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", ORDINARY)
def test_an_ordinary_statement_gives_the_same_on_both_engines(ladybug, neo4j, statement):
    here, there = (cypher(store, statement, PARAMETERS) for store in (ladybug, neo4j))
    assert here.model_dump() == there.model_dump()


@pytest.mark.parametrize(("rule", "statement"), [(rule, text) for rule, texts in ATTACKS.items() for text in texts])
def test_an_attack_is_refused_and_the_rule_named(rule, statement):
    with pytest.raises(CitegraphError) as told:
        guard.check(statement)
    assert isinstance(told.value, RefusedError | NotUnderstoodError)
    assert "\n" not in str(told.value)
    if isinstance(told.value, RefusedError):
        assert f"rule '{rule}'" in str(told.value)


def test_nearly_every_attack_is_refused_as_such_and_not_as_a_slip():
    refused = 0
    for texts in ATTACKS.values():
        for text in texts:
            try:
                guard.check(text)
            except RefusedError:
                refused += 1
            except NotUnderstoodError:
                pass
    assert refused >= 90


@pytest.mark.parametrize("statement", GARBAGE)
def test_garbage_is_not_understood(store, statement):
    with pytest.raises(NotUnderstoodError) as told:
        cypher(store, statement)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", sorted(queries()))
def test_our_own_queries_pass(name):
    for engine in ("ladybug", "neo4j"):
        used = guard.check(queries()[name].text(engine))
        assert used == {parameter.name for parameter in queries()[name].parameters}


def test_a_refused_statement_changes_nothing(store):
    before = cypher(store, "MATCH (n) RETURN count(n) AS n").rows
    for texts in ATTACKS.values():
        for text in texts:
            with pytest.raises(CitegraphError):
                cypher(store, text)
    assert cypher(store, "MATCH (n) RETURN count(n) AS n").rows == before


def test_a_parameter_without_a_value_is_named(store):
    with pytest.raises(NotUnderstoodError, match=r"\$name has no value"):
        cypher(store, "MATCH (n {name: $name}) RETURN n")


def test_the_answer_is_cut_at_the_limit(store):
    answer = cypher(store, "MATCH (p:Paper) RETURN p.id AS id ORDER BY id", limit=3)
    assert [row["id"] for row in answer.rows] == ["2010.01412", "2106.09685", "2110.14168"]
    assert answer.truncated


WORDS = st.sampled_from(
    [
        *"MATCH RETURN WITH UNWIND AS WHERE CREATE SET DELETE MERGE CALL LOAD CSV FROM REMOVE DETACH n x".split(),
        *"( ) [ ] { } - -> * . , : ; | = ' \" ` // /* */ $p 1 'a' `b` (n) (n:Paper)".split(),
        "\n",
    ]
)
WRITES = frozenset("CREATE SET DELETE MERGE CALL LOAD REMOVE DETACH".split())


@given(st.lists(WORDS, max_size=25), st.sampled_from([" ", "", "\n"]))
def test_random_statements_pass_or_are_refused_and_never_crash(words, between):
    statement = between.join(words)
    try:
        guard.check(statement)
    except (RefusedError, NotUnderstoodError):
        return
    assert statement.lstrip("\n ;").startswith(("MATCH", "RETURN", "WITH", "UNWIND", "/", "`", "'"))


@given(st.sampled_from(sorted(WRITES)), st.sampled_from(ORDINARY), st.integers(0, 200))
def test_a_writing_clause_between_the_words_of_a_read_is_refused(clause, statement, place):
    """Wherever a clause may begin: after a closing bracket, a name or a value, at white space."""
    spaces = [index for index in range(len(statement)) if statement[index] in " \n" and statement[index - 1] in ")]"]
    if not spaces or any(quote in statement for quote in "'\"`/"):
        return
    index = spaces[place % len(spaces)]
    with pytest.raises((RefusedError, NotUnderstoodError)):
        guard.check(f"{statement[:index]} {clause} n {statement[index:]}")


@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    try:
        guard.check(text)
    except (RefusedError, NotUnderstoodError) as told:
        assert "\n" not in str(told)
