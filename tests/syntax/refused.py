"""Statements that the guard has to refuse: families, each with the rule that the refusal names.

All are harmless. Whatever they would read, write or call is the test's own: the small graph, a canary file in `{folder}`,
a canary variable, a name that nothing has. What is refused for its size is just over a limit of ours. Spellings are
those of ordinary Cypher, or harmless reads in characters that our parser does not take.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.syntax.guard import MAX_EDGES, MAX_RANGE
from kg.syntax.parser import MAX_DEPTH, MAX_LENGTH

NOT_UNDERSTOOD = ""
"""Stands for a rule where the message is that the statement is none."""

CANARY = "citegraph-test-canary"
"""What stands in the canary file, and in the variable CITEGRAPH_CANARY."""

_DEEP = MAX_DEPTH + 1

FAMILIES: dict[str, dict[str, list[str]]] = {
    "create": {
        "clauses": [
            "CREATE (n:Paper {id: 'x'})",
            "CREATE (a)-[:CITES]->(b)",
            "MATCH (a), (b) CREATE (a)-[:CITES]->(b)",
            "UNWIND [1] AS x CREATE (n)",
            "MATCH (n) WITH n LIMIT 1 CREATE (m:Paper {id: n.id}) RETURN m",
            "RETURN 1 AS x UNION CREATE (n) RETURN n AS x",
        ],
    },
    "merge": {
        "clauses": [
            "MERGE (n:Paper {id: 'x'}) RETURN n",
            "MATCH (n) MERGE (n)-[:CITES]->(m:Paper {id: 'y'})",
            "MERGE (n:Paper {id: 'x'}) ON CREATE SET n.title = 'y' ON MATCH SET n.title = 'z'",
            "WITH 1 AS merge MERGE (n) RETURN merge",
        ],
    },
    "delete": {
        "clauses": [
            "MATCH (n) DELETE n",
            "MATCH (n) DETACH DELETE n",
            "MATCH (n) NODETACH DELETE n",
            "MATCH ()-[r]->() DELETE r",
            "MATCH (n) WITH n LIMIT 1 DETACH DELETE n RETURN 1",
        ],
    },
    "set": {
        "clauses": [
            "MATCH (n) SET n.title = ''",
            "MATCH (n)SET n:Canary",
            "MATCH (n) SET n += {title: ''}",
            "MATCH (set) SET set.title = ''",
            "WITH * SET n.x = 1",
            "MATCH (n) RETURN n.id ORDER BY n.id DESC SET n.x = 1",
            "MATCH (n) SET n = $props",
            "MATCH (n) SET n[$key] = 1",
        ],
    },
    "remove": {
        "clauses": ["MATCH (n) REMOVE n.title", "MATCH (n) REMOVE n:Paper RETURN n", "MATCH (n) WITH n REMOVE n.title"],
    },
    "foreach": {
        "clauses": [
            "MATCH (a) FOREACH (x IN [1] | CREATE (:Canary))",
            "MATCH (n) FOREACH (x IN [n] | SET x.a = 1)",
            "FOREACH (x IN [1] | MERGE (:Canary))",
        ],
    },
    "load csv": {
        "clauses": [
            "LOAD CSV FROM 'file://{folder}/canary.csv' AS line RETURN line",
            "LOAD CSV WITH HEADERS FROM 'file://{folder}/canary.csv' AS line RETURN line",
            "MATCH (n) LOAD CSV FROM 'file://{folder}/canary.csv' AS line RETURN line",
            "RETURN 1 AS x UNION LOAD CSV FROM $url AS line RETURN line AS x",
        ],
    },
    "load from": {
        "clauses": [
            "LOAD FROM '{folder}/canary.csv' RETURN *",
            "LOAD FROM '{folder}/canary.csv' (file_format='csv', delim=':') RETURN *",
            "LOAD WITH HEADERS (a STRING) FROM '{folder}/canary.csv' RETURN a",
            "MATCH (n) LOAD FROM '{folder}/canary.csv' RETURN *",
            "LOAD FROM df RETURN *",
        ],
    },
    "copy": {
        "clauses": [
            "COPY (MATCH (n) RETURN n) TO '{folder}/copy.csv'",
            "COPY Paper FROM '{folder}/canary.csv'",
            "COPY Paper TO '{folder}/copy.parquet'",
        ],
    },
    "export": {"clauses": ["EXPORT DATABASE '{folder}/copy'", "IMPORT DATABASE '{folder}/copy'"]},
    "attach": {
        "clauses": [
            "ATTACH '{folder}/other.db' AS other (dbtype sqlite)",
            "DETACH other",
            "ATTACH '{folder}/other.lbug' AS other (dbtype lbug)",
        ],
    },
    "extensions": {
        "clauses": [
            "INSTALL canary",
            "LOAD EXTENSION canary",
            "LOAD EXTENSION '{folder}/canary'",
            "UNINSTALL canary",
            "UPDATE canary",
        ],
        NOT_UNDERSTOOD: ["FORCE INSTALL canary"],
    },
    "transactions": {
        "clauses": [
            "BEGIN TRANSACTION",
            "COMMIT",
            "ROLLBACK",
            "CHECKPOINT",
            "MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS",
            "MATCH (n) CALL (n) { RETURN 1 AS x } IN 4 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN x",
        ],
    },
    "schema": {
        "clauses": [
            "CREATE NODE TABLE Canary(id STRING PRIMARY KEY)",
            "CREATE REL TABLE Canary(FROM Paper TO Paper)",
            "ALTER TABLE Paper DROP title",
            "DROP TABLE Paper",
            "CREATE INDEX canary FOR (n:Paper) ON (n.title)",
            "CREATE CONSTRAINT canary FOR (n:Paper) REQUIRE n.title IS UNIQUE",
            "DROP INDEX canary",
            "COMMENT ON TABLE Paper IS 'x'",
            "CREATE SEQUENCE canary",
            "CREATE GRAPH canary",
        ],
    },
    "macros": {
        "clauses": ["CREATE MACRO canary(x) AS x", "CREATE OR REPLACE MACRO canary(r) AS 1", "DROP MACRO canary"],
    },
    "procedures": {
        "clauses": [
            "CALL show_tables() RETURN *",
            "MATCH (n) CALL db.labels() YIELD label RETURN label",
            "OPTIONAL CALL apoc.cypher.run('RETURN 1', {}) YIELD value RETURN value",
            "CALL threads=1",
            "CALL apoc.util.sleep(1)",
            "CALL db.ping",
            "CALL db.index.fulltext.queryNodes('canary', 'x') YIELD node RETURN node",
            "CALL dbms.listConfig() YIELD name, value RETURN name",
            "CALL dbms.killQuery('canary-1')",
            "CALL db.createLabel('Canary')",
            "CALL db.labels('x')",
            "CALL canary.of('1')",
            "RETURN 1 AS x UNION ALL CALL db.labels() YIELD label RETURN label AS x",
        ],
    },
    "apoc": {
        "functions": [
            "RETURN apoc.load.json('file://{folder}/canary.csv')",
            "RETURN apoc . cypher /**/ . runFirstColumn ('RETURN 1', {})",
            "RETURN `apoc`.`load`.`json`('x')",
            "RETURN [x IN [1] | apoc.util.sleep(x)]",
            "RETURN {a: apoc.util.sleep(1)}",
            "MATCH (n) WHERE apoc.meta.cypher.isType(n.id, 'STRING') RETURN n",
        ],
    },
    "files and environment": {
        "functions": [
            "RETURN `file`('{folder}/canary.csv')",
            "RETURN file('{folder}/canary.csv')",
            "MATCH (n) WHERE file.exists('{folder}/canary.csv') RETURN n",
            "RETURN [x IN [1] | load_file(x)]",
            "RETURN getenv('CITEGRAPH_CANARY')",
            "RETURN reduce(a = '', x IN [1] | a + getenv('CITEGRAPH_CANARY'))",
            "RETURN current_setting('canary')",
            "RETURN read_csv('{folder}/canary.csv')",
            "MATCH (n) RETURN linenumber()",
        ],
    },
    "sleep and cost": {
        "functions": [
            "RETURN sleep(1)",
            "RETURN {a: sleep(1)}",
            "RETURN repeat('x', 3)",
            "RETURN lpad('x', 3, 'y')",
            "RETURN nextval('seq')",
            "RETURN gen_random_uuid()",
            "RETURN list_product([1])",
        ],
    },
    "show": {
        "clauses": [
            "SHOW DATABASES",
            "SHOW USERS YIELD user RETURN user",
            "SHOW SETTINGS",
            "SHOW TRANSACTIONS YIELD *",
            "SHOW CURRENT USER",
            "SHOW SERVERS",
            "SHOW PRIVILEGES AS COMMANDS",
        ],
    },
    "answered, and more": {
        "clauses": [
            "CALL db.labels() YIELD label CREATE (n {name: label})",
            "CALL db.labels() YIELD label MATCH (n) DETACH DELETE n",
            "CALL db.labels() YIELD label WITH label MERGE (n {name: label})",
            "CALL db.labels() YIELD label WHERE EXISTS { CREATE (n) } RETURN label",
            "CALL db.labels() YIELD label CALL db.ping() YIELD success RETURN success",
            "CALL db.labels() CREATE (n)",
            "SHOW INDEXES YIELD name CREATE (n)",
            "SHOW INDEXES YIELD name WHERE true CREATE (n)",
            "SHOW CONSTRAINTS YIELD * TERMINATE TRANSACTION 'canary-1'",
            "SHOW FUNCTIONS DROP INDEX canary",
        ],
        "one statement": ["CALL db.labels(); CREATE (n)", "SHOW INDEXES; DROP INDEX canary"],
        "functions": ["CALL db.labels() YIELD label RETURN apoc.cypher.runFirstColumn(label, {})"],
    },
    "terminate": {"clauses": ["TERMINATE TRANSACTIONS 'canary-1'", "TERMINATE TRANSACTION 'canary-1' YIELD message"]},
    "administration": {
        "clauses": [
            "GRANT ROLE canary TO canary",
            "CREATE USER canary SET PASSWORD 'x'",
            "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
            "DROP DATABASE canary",
            "CREATE DATABASE canary",
            "STOP DATABASE canary",
            "START DATABASE canary",
            "REVOKE ROLE canary FROM canary",
            "DENY MATCH {*} ON GRAPH canary TO canary",
            "ENABLE SERVER 'canary'",
            "RENAME USER canary TO other",
            "DRYRUN REALLOCATE DATABASES",
        ],
    },
    "other databases": {
        "clauses": [
            "USE canary MATCH (n) RETURN n",
            "USE graph.byName('canary') RETURN 1",
            "CALL { USE canary RETURN 1 AS x } RETURN x",
        ],
    },
    "prefixes": {
        "clauses": [
            "EXPLAIN MATCH (n) DELETE n",
            "PROFILE MERGE (n:Paper {id: 'x'}) RETURN n",
            "CYPHER runtime=slotted CREATE (n)",
            "CYPHER 25 RETURN 1",
            "EXPLAIN PROFILE RETURN 1",
            "PROFILE EXPLAIN RETURN 1",
            "EXPLAIN CALL db.labels()",
            "EXPLAIN SHOW INDEXES",
        ],
    },
    "second statements": {
        "one statement": [
            "RETURN 1; CREATE (n)",
            "RETURN 1;CREATE (n);",
            "RETURN 1; RETURN 2",
            "MATCH (n) RETURN n;;",
            "RETURN 1 /*;*/ ; /* */ MATCH (n) DELETE n",
            "RETURN ';' ; DROP TABLE Paper",
        ],
        NOT_UNDERSTOOD: ["; RETURN 1"],
    },
    "subqueries": {
        "clauses": [
            "MATCH (n) WHERE EXISTS { CALL db.labels() } RETURN n",
            "MATCH (n) WHERE EXISTS { DELETE n } RETURN n",
            "MATCH (n) WHERE COUNT { CREATE (m) } > 0 RETURN n",
            "RETURN COLLECT { MERGE (m:Canary) RETURN m }",
            "CALL { CREATE (n) RETURN n } RETURN n",
            "MATCH (n) CALL (n) { DETACH DELETE n } RETURN 1",
            "CALL { CALL { CREATE (n) } RETURN 1 AS x } RETURN x",
            "RETURN EXISTS { MATCH (n) WHERE COUNT { SET n.x = 1 } > 0 }",
        ],
    },
    "later clauses": {
        "clauses": [
            "INSERT (:Canary)",
            "MATCH (a) INSERT (b)",
            "LET x = 1 RETURN x",
            "FILTER true RETURN 1",
            "RETURN 1 NEXT RETURN 2",
            "START n=node(0) RETURN n",
            "MATCH (n) USING INDEX n:Paper(id) RETURN n",
            "MATCH (n) YIELD n RETURN n",
        ],
    },
    "deep nesting": {
        "size": [
            "RETURN " + "(" * _DEEP + "1" + ")" * _DEEP,
            "RETURN " + "[" * _DEEP + "]" * _DEEP,
            "RETURN " + "{a: " * _DEEP + "1" + "}" * _DEEP,
            "RETURN " + "NOT " * _DEEP + "true",
            "MATCH (n) WHERE " + "EXISTS { MATCH (n) WHERE " * _DEEP + "true" + " }" * _DEEP + " RETURN n",
            "RETURN " + "-(" * _DEEP + "1" + ")" * _DEEP,
            "RETURN " + "CASE WHEN true THEN " * _DEEP + "1" + " END" * _DEEP,
            "MATCH " + "(" * (_DEEP + 1) + "n" + ")" * (_DEEP + 1) + " RETURN 1",
            "MATCH (n:" + "(" * _DEEP + "A" + ")" * _DEEP + ") RETURN 1",
            "MATCH (n:" + "!" * _DEEP + "A) RETURN 1",
            "RETURN " + "size([x IN " * _DEEP + "[]" + "])" * _DEEP,
        ],
    },
    "length": {
        "size": [
            "RETURN '" + "x" * MAX_LENGTH + "'",
            "RETURN " + "1 + " * (MAX_LENGTH // 4) + "1",
            "MATCH " + "(a)--" * (MAX_EDGES + 1) + "(b) RETURN 1",
            "/*" + "x" * MAX_LENGTH + "*/ RETURN 1",
        ],
    },
    # Each of these takes time in proportion to its text; what is refused is the form.
    "regular expressions": {
        "regular expressions": [
            "RETURN 'ab' =~ '(ab*c)+'",
            "RETURN 'ab' =~ '(ab{2})*'",
            "RETURN 'ab' =~ '(a|b)+'",
            "RETURN 'ab' =~ '(?:a|b)*'",
            "RETURN 'ab' =~ '((a)b)+'",
            "RETURN 'ab' =~ '(a{2}b){2}'",
            "RETURN 'ab' =~ 'a*b*c*d*e*'",
            "RETURN 'aa' =~ '(a)\\\\1'",
            "RETURN 'a' =~ '(?=a)a'",
            "MATCH (p:Paper) WHERE p.title =~ p.abstract RETURN p",
            "MATCH (p:Paper) WHERE p.title =~ ('a' + 'b') RETURN p",
            "MATCH (p:Paper) WHERE p.title =~ $regex RETURN p",
            "RETURN 'a' =~ '" + "a" * 201 + "'",
        ],
    },
    "growth": {
        "size": [
            "RETURN reduce(s = 'x', i IN range(1, 3) | s + s)",
            "RETURN reduce(s = [1], i IN range(1, 3) | s + s)",
            "RETURN size(reduce(s = 'x', i IN range(1, 3) | replace(s, 'x', s)))",
        ],
    },
    "parameters": {
        NOT_UNDERSTOOD: [
            "MATCH (n:$label) RETURN n",
            "MATCH (n:$($label)) RETURN n",
            "MATCH ()-[r:$type]->() RETURN r",
            "$clause",
            "MATCH (n) RETURN n.$name",
            "RETURN $missing",
            "RETURN $clause(1)",
            "MATCH (n) $clause n",
        ],
    },
    "escapes": {
        "characters": [
            "RETURN '\\u0041'",
            "\\u0052ETURN 1",
            "MATCH (n) \\u0052ETURN n",
            "RETURN 'x\\U00000041'",
            "MATCH (n:`\\u0041`) RETURN n",
        ],
        NOT_UNDERSTOOD: ["RETURN '\\q'"],
    },
    "look-alikes": {
        "characters": [
            "ＲＥＴＵＲＮ 1",
            "МATCH (n) RETURN n",
            "RETURN 1；RETURN 2",
            "RETURN ’x’",
            "MATCH (n) WHERE n.x ＝ 1 RETURN n",
            "MATCH (n)\u200bRETURN n",
            "MATCH (n) RETURN n // \u202e n",
        ],
    },
    "odd spaces": {
        "characters": [
            "MATCH (n)\u00a0RETURN n",
            "MATCH (n) RETURN n // x\u2028 LIMIT 1",
            "MATCH (n) RETURN n // x\x85 LIMIT 1",
            "MATCH (n) RETURN n // x\x0b LIMIT 1",
            "MATCH (n) RETURN n // x\x00 LIMIT 1",
            "MATCH (n)\u3000RETURN n",
            "MATCH (n) RETURN '\ud800' AS x",
            "\ufeffMATCH (n) RETURN n",
        ],
    },
    "quotes": {
        "one statement": ["RETURN 'x\\' ; RETURN 2 //'; RETURN 3", "RETURN `a``; RETURN 2 //`; RETURN 3"],
        "clauses": [
            "RETURN \"a\" // \"\nDELETE n",
            "RETURN 1 /* /* */ CREATE (n) */",
            "RETURN 'a\\\\' CREATE (n) //'",
        ],
        NOT_UNDERSTOOD: [
            "RETURN 'it''s'; DROP TABLE Paper",
            "MATCH (n) RETURN n /* unclosed DELETE n",
            "RETURN 'unclosed CREATE (n)",
        ],
    },
}  # fmt: skip

# Refused for a server alone, which makes a list of the whole range.
ON_A_SERVER = [
    f"RETURN size(range(0, {MAX_RANGE + 1}))",
    f"UNWIND range({MAX_RANGE + 1}, 0, -1) AS x RETURN max(x)",
]

PARAMETERS = {
    "url": "canary.csv", "label": "Paper", "type": "CITES", "clause": "DELETE", "name": "title", "key": "x",
    "props": {}, "regex": "(ab*c)+",
}  # fmt: skip

# Families whose statements are refused for a word, however it is spelled and wherever it stands.
_WORDS = ("create", "merge", "delete", "set", "remove", "foreach", "load csv", "load from", "copy", "export", "attach",
          "extensions", "transactions", "schema", "macros", "procedures", "show", "terminate", "administration",
          "other databases", "prefixes", "subqueries", "later clauses", "apoc", "files and environment",
          "sleep and cost")  # fmt: skip
_WORD = re.compile(r"'[^']*'|\b[A-Za-z]{3,}\b")


class Refused(NamedTuple):
    """A statement that is refused, and the rule that the message names."""

    family: str
    spelling: str
    statement: str
    rule: str


def spellings(statement: str) -> dict[str, str]:
    """The statement as it is, and in other forms that mean the same or stand in the middle of something else."""

    def words(change) -> str:
        return _WORD.sub(lambda found: found[0] if found[0].startswith("'") else change(found[0]), statement)

    spaced = re.sub(r"(?<=\S) (?=\S)", "/* ; */\n\t", statement) if "'" not in statement else statement
    return {
        "plain": statement,
        "lower case": words(str.lower),
        "mixed case": words(lambda word: "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(word))),
        "comments": spaced,
        "a comment before": f"/* MATCH (n) RETURN n */ // RETURN 1\n{statement}",
        "a comment after": f"{statement} // RETURN 1",
        "after a read": f"MATCH (n) WITH n {statement}",
        "after a statement": f"RETURN 1; {statement}",
        "after a union": f"RETURN 1 AS x UNION {statement}",
        "explained": f"EXPLAIN {statement}",
        "profiled": f"PROFILE {statement}",
        "in a subquery": f"CALL {{ {statement} }} RETURN 1",
        "in EXISTS": f"MATCH (n) WHERE EXISTS {{ {statement} }} RETURN n",
        "a semicolon": f"{statement};",
    }


_OTHER_RULES = {"after a statement": "one statement"}


def all_refused(folder: Path) -> Iterator[Refused]:
    """Every statement in every spelling; files that are named lie in a folder."""
    for family, by_rule in FAMILIES.items():
        for rule, statements in by_rule.items():
            for statement in statements:
                forms = spellings(statement) if family in _WORDS else {"plain": statement}
                for spelling, text in forms.items():
                    named = text.replace("{folder}", str(folder))
                    yield Refused(family, spelling, named, _OTHER_RULES.get(spelling, rule))
