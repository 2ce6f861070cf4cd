"""What strangers try, in families, and how they disguise it. Every one of these has to be refused."""

import re

# Each family: statements that do more than read, or use up what all share; most are disguised further below.
FAMILIES: dict[str, list[str]] = {
    "create": [
        "CREATE (n:Paper {id: 'x'})",
        "CREATE (a)-[:CITES]->(b)",
        "MATCH (a), (b) CREATE (a)-[:CITES]->(b)",
        "UNWIND [1] AS x CREATE (n)",
        "MATCH (n) WITH n LIMIT 1 CREATE (m:Paper {id: n.id}) RETURN m",
        "RETURN 1 AS x UNION CREATE (n) RETURN n AS x",
    ],
    "merge": [
        "MERGE (n:Paper {id: 'x'}) RETURN n",
        "MATCH (n) MERGE (n)-[:CITES]->(m:Paper {id: 'y'})",
        "MERGE (n:Paper {id: 'x'}) ON CREATE SET n.title = 'y' ON MATCH SET n.title = 'z'",
        "WITH 1 AS merge MERGE (n) RETURN merge",
    ],
    "delete": [
        "MATCH (n) DELETE n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) NODETACH DELETE n",
        "MATCH ()-[r]->() DELETE r",
        "MATCH (n) WITH n LIMIT 1 DETACH DELETE n RETURN 1",
    ],
    "set": [
        "MATCH (n) SET n.title = ''",
        "MATCH (n)SET n:Evil",
        "MATCH (n) SET n += {title: ''}",
        "MATCH (set) SET set.title = ''",
        "WITH * SET n.x = 1",
        "MATCH (n) RETURN n.id ORDER BY n.id DESC SET n.x = 1",
        "MATCH (n) SET n = $props",
        "MATCH (n) SET n[$key] = 1",
    ],
    "remove": ["MATCH (n) REMOVE n.title", "MATCH (n) REMOVE n:Paper RETURN n", "MATCH (n) WITH n REMOVE n.title"],
    "foreach": [
        "MATCH (a) FOREACH (x IN [1] | CREATE (:Evil))",
        "MATCH (n) FOREACH (x IN [n] | SET x.a = 1)",
        "FOREACH (x IN [1] | MERGE (:Evil))",
    ],
    "load csv": [
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1/' AS line RETURN line",
        "MATCH (n) LOAD CSV FROM 'http://127.0.0.1/' AS line RETURN line",
        "RETURN 1 AS x UNION LOAD CSV FROM $url AS line RETURN line AS x",
    ],
    "load from": [
        "LOAD FROM '/etc/passwd' RETURN *",
        "LOAD FROM '/etc/passwd' (file_format='csv', delim=':') RETURN *",
        "LOAD WITH HEADERS (a STRING) FROM '/etc/passwd' RETURN a",
        "MATCH (n) LOAD FROM '/etc/passwd' RETURN *",
        "LOAD FROM df RETURN *",
    ],
    "copy": [
        "COPY (MATCH (n) RETURN n) TO '/tmp/citegraph-stolen.csv'",
        "COPY Paper FROM '/etc/passwd'",
        "COPY Paper TO '/tmp/citegraph-stolen.parquet'",
    ],
    "export": ["EXPORT DATABASE '/tmp/citegraph-stolen'", "IMPORT DATABASE '/tmp/citegraph-stolen'"],
    "attach": ["ATTACH '/tmp/x.db' AS x (dbtype sqlite)", "DETACH x", "ATTACH 'http://127.0.0.1/x' AS x (dbtype lbug)"],
    "extensions": [
        "INSTALL httpfs",
        "LOAD EXTENSION httpfs",
        "LOAD EXTENSION '/tmp/evil.so'",
        "UNINSTALL httpfs",
        "UPDATE httpfs",
        "FORCE INSTALL httpfs",
    ],
    "transactions": [
        "BEGIN TRANSACTION",
        "COMMIT",
        "ROLLBACK",
        "CHECKPOINT",
        "MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS",
        "MATCH (n) CALL (n) { RETURN 1 AS x } IN 4 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN x",
    ],
    "schema": [
        "CREATE NODE TABLE Evil(id STRING PRIMARY KEY)",
        "CREATE REL TABLE Evil(FROM Paper TO Paper)",
        "ALTER TABLE Paper DROP title",
        "DROP TABLE Paper",
        "CREATE INDEX evil FOR (n:Paper) ON (n.title)",
        "CREATE CONSTRAINT evil FOR (n:Paper) REQUIRE n.title IS UNIQUE",
        "DROP INDEX evil",
        "COMMENT ON TABLE Paper IS 'x'",
        "CREATE SEQUENCE evil",
        "CREATE GRAPH evil",
    ],
    "macros": ["CREATE MACRO f(x) AS x", "CREATE OR REPLACE MACRO type(r) AS 1", "DROP MACRO type"],
    "procedures": [
        "CALL show_tables() RETURN *",
        "CALL dbms.listConfig() YIELD name, value RETURN *",
        "MATCH (n) CALL db.labels() YIELD label RETURN label",
        "OPTIONAL CALL apoc.cypher.run('CREATE (n)', {}) YIELD value RETURN value",
        "CALL threads=1",
        "CALL apoc.util.sleep(10000)",
        "CALL db.clearQueryCaches",
        "CALL dbms.killQuery('1')",
        "RETURN 1 AS x UNION ALL CALL db.labels() YIELD label RETURN label AS x",
    ],
    "apoc": [
        "RETURN apoc.load.json('http://127.0.0.1/')",
        "RETURN apoc . cypher /**/ . runFirstColumn ('CREATE (n)', {})",
        "RETURN `apoc`.`load`.`json`('x')",
        "RETURN [x IN [1] | apoc.util.sleep(x)]",
        "RETURN {a: apoc.util.sleep(1)}",
        "MATCH (n) WHERE apoc.meta.cypher.isType(n.id, 'STRING') RETURN n",
    ],
    "files and environment": [
        "RETURN `file`('/etc/passwd')",
        "RETURN file('/etc/passwd')",
        "MATCH (n) WHERE file.exists('/etc/passwd') RETURN n",
        "RETURN [x IN [1] | load_file(x)]",
        "RETURN getenv('HOME')",
        "RETURN reduce(a = '', x IN [1] | a + getenv('HOME'))",
        "RETURN current_setting('threads')",
        "RETURN read_csv('/etc/passwd')",
        "MATCH (n) RETURN linenumber()",
    ],
    "sleep and cost": [
        "RETURN sleep(1)",
        "RETURN {a: sleep(1)}",
        "RETURN repeat('x', 1000000000)",
        "RETURN lpad('x', 1000000000, 'y')",
        "RETURN nextval('seq')",
        "RETURN gen_random_uuid()",
        "RETURN list_product([1])",
    ],
    "show": ["SHOW SETTINGS", "SHOW TRANSACTIONS YIELD *", "SHOW USERS", "SHOW FUNCTIONS", "SHOW PROCEDURES YIELD name RETURN name"],
    "terminate": ["TERMINATE TRANSACTIONS 'neo4j-transaction-1'", "TERMINATE TRANSACTION 'x' YIELD message"],
    "administration": [
        "GRANT ROLE admin TO neo4j",
        "CREATE USER evil SET PASSWORD 'x'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
        "DROP DATABASE neo4j",
        "CREATE DATABASE evil",
        "STOP DATABASE neo4j",
        "START DATABASE neo4j",
        "REVOKE ROLE admin FROM neo4j",
        "DENY MATCH {*} ON GRAPH * TO PUBLIC",
        "ENABLE SERVER 'x'",
        "RENAME USER neo4j TO evil",
        "DRYRUN REALLOCATE DATABASES",
    ],
    "other databases": ["USE neo4j MATCH (n) RETURN n", "USE graph.byName('x') RETURN 1", "CALL { USE system RETURN 1 AS x } RETURN x"],
    "prefixes": [
        "EXPLAIN MATCH (n) DELETE n",
        "EXPLAIN RETURN 1",
        "PROFILE MATCH (n) RETURN n",
        "CYPHER runtime=slotted CREATE (n)",
        "CYPHER 25 RETURN 1",
        "EXPLAIN PROFILE RETURN 1",
    ],
    "second statements": [
        "RETURN 1; CREATE (n)",
        "RETURN 1;CREATE (n);",
        "RETURN 1; RETURN 2",
        "MATCH (n) RETURN n;;",
        "RETURN 1 /*;*/ ; /* */ MATCH (n) DELETE n",
        "RETURN ';' ; DROP TABLE Paper",
        "; RETURN 1",
    ],
    "subqueries": [
        "MATCH (n) WHERE EXISTS { CALL db.labels() } RETURN n",
        "MATCH (n) WHERE EXISTS { DELETE n } RETURN n",
        "MATCH (n) WHERE COUNT { CREATE (m) } > 0 RETURN n",
        "RETURN COLLECT { MERGE (m:Evil) RETURN m }",
        "CALL { CREATE (n) RETURN n } RETURN n",
        "MATCH (n) CALL (n) { DETACH DELETE n } RETURN 1",
        "CALL { CALL { CREATE (n) } RETURN 1 AS x } RETURN x",
        "RETURN EXISTS { MATCH (n) WHERE COUNT { SET n.x = 1 } > 0 }",
    ],
    "later clauses": [
        "INSERT (:Evil)",
        "MATCH (a) INSERT (b)",
        "LET x = 1 RETURN x",
        "FILTER true RETURN 1",
        "RETURN 1 NEXT RETURN 2",
        "START n=node(0) RETURN n",
        "MATCH (n) USING INDEX n:Paper(id) RETURN n",
        "MATCH (n) YIELD n RETURN n",
    ],
    "deep nesting": [
        "RETURN " + "(" * 60 + "1" + ")" * 60,
        "RETURN " + "[" * 60 + "]" * 60,
        "RETURN " + "{a: " * 60 + "1" + "}" * 60,
        "RETURN " + "NOT " * 100 + "true",
        "RETURN " + "-" * 1 + "- " * 100 + "1",
        "MATCH (n) WHERE " + "EXISTS { MATCH (n) WHERE " * 50 + "true" + " }" * 50 + " RETURN n",
        "RETURN " + "CASE WHEN true THEN " * 60 + "1" + " END" * 60,
        "MATCH " + "(" * 100 + "n" + ")" * 100 + " RETURN 1",
        "MATCH (n:" + "(" * 100 + "A" + ")" * 100 + ") RETURN 1",
        "MATCH (n:" + "!" * 100 + "A) RETURN 1",
        "RETURN " + "size([x IN " * 50 + "[]" + "])" * 50,
    ],
    "length": [
        "RETURN '" + "x" * 20_000 + "'",
        "RETURN " + "1 + " * 5_000 + "1",
        "MATCH " + "(a)--" * 30 + "(b) RETURN 1",
        "/*" + "x" * 20_000 + "*/ RETURN 1",
    ],
    "regular expressions": [
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a+)+b'",
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a*)*b'",
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a|aa)+b'",
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(?:a|a)*b'",
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '((a+))+b'",
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a{1,30}){1,30}b'",
        "RETURN 'a' =~ '.*.*.*.*.*.*=.*'",
        "RETURN 'a' =~ '(a)\\\\1'",
        "RETURN 'a' =~ '(?=a)a'",
        "MATCH (p:Paper) WHERE p.title =~ p.abstract RETURN p",
        "MATCH (p:Paper) WHERE p.title =~ ('(a+)' + '+b') RETURN p",
        "MATCH (p:Paper) WHERE p.title =~ $regex RETURN p",
        "RETURN 'a' =~ '" + "a" * 300 + "'",
    ],
    "growth": [
        "RETURN reduce(s = 'x', i IN range(1, 60) | s + s)",
        "RETURN reduce(s = [1], i IN range(1, 60) | s + s)",
        "RETURN size(reduce(s = 'x', i IN range(1, 60) | replace(s, 'x', s)))",
    ],
    "parameters": [
        "MATCH (n:$label) RETURN n",
        "MATCH (n:$($label)) RETURN n",
        "MATCH ()-[r:$type]->() RETURN r",
        "$clause",
        "MATCH (n) RETURN n.$name",
        "RETURN $missing",
        "RETURN $clause(1)",
        "MATCH (n) $clause n",
    ],
    "escapes": [
        "RETURN '\\u0027 CREATE (n) //'",
        "\\u0043REATE (n)",
        "MATCH (n) \\u0053ET n.x = 1",
        "RETURN 'x\\U00000027 + 1'",
        "MATCH (n:`\\u0060 CREATE (m) //`) RETURN n",
        "\\u004coad from '/etc/passwd' return *",
        "RETURN '\\q'",
    ],
    "look-alikes": [
        "ＣＲＥＡＴＥ (n)",
        "MATCH (n) ſet n.x = 1",
        "МATCH (n) RETURN n",
        "MATCH (n) RETURN n；CREATE (m)",
        "RETURN ’x’",
        "MATCH (n) WHERE n.x ＝ 1 RETURN n",
        "MATCH (n)\u200bDELETE n",
        "MATCH (n) RETURN n // \u202e n ETELED",
    ],
    "odd spaces": [
        "MATCH (n)\u00a0SET n.x = 1",
        "MATCH (n) RETURN n // x\u2028 DELETE n",
        "MATCH (n) RETURN n // x\x85 DELETE n",
        "MATCH (n) RETURN n // x\x0b DELETE n",
        "MATCH (n) RETURN n // x\x00 DELETE n",
        "MATCH (n)\u3000DELETE n",
        "MATCH (n) RETURN '\ud800' AS x",
        "\ufeffMATCH (n) DELETE n",
    ],
    "quotes": [
        "RETURN 'x\\' ; CREATE (n) //'; CREATE (n)",
        "RETURN `a``; CREATE (n) //`; CREATE (n)",
        "RETURN 'it''s'; DROP TABLE Paper",
        "RETURN \"a\" // \"\nDELETE n",
        "RETURN 1 /* /* */ CREATE (n) */",
        "RETURN 'a\\\\' CREATE (n) //'",
        "MATCH (n) RETURN n /* unclosed DELETE n",
        "RETURN 'unclosed CREATE (n)",
    ],
}  # fmt: skip

PARAMETERS = {
    "url": "file:///etc/passwd", "label": "Paper", "type": "CITES", "clause": "DELETE", "name": "title", "key": "x",
    "props": {}, "regex": "(a+)+b",
}  # fmt: skip

# Families whose point is a keyword, so that disguising it makes sense.
_WORDS = ("create", "merge", "delete", "set", "remove", "foreach", "load csv", "load from", "copy", "export", "attach",
          "extensions", "transactions", "schema", "macros", "procedures", "show", "terminate", "administration",
          "other databases", "prefixes", "subqueries", "later clauses", "apoc", "files and environment",
          "sleep and cost")  # fmt: skip
_WORD = re.compile(r"'[^']*'|\b[A-Za-z]{3,}\b")


def disguised(statement: str) -> dict[str, str]:
    """The statement as it is and in other forms that mean the same, or stand in the middle of something harmless."""

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
        "an escaped letter": re.sub(r"[A-Z]", lambda found: f"\\u{ord(found[0]):04x}", statement, count=1),
        "a wide letter": re.sub(r"[A-Z]", lambda found: chr(ord(found[0]) + 0xFEE0), statement, count=1),
        "a semicolon": f"{statement};",
    }


def all_attacks() -> list[tuple[str, str, str]]:
    """Family, disguise and statement."""
    found = []
    for family, statements in FAMILIES.items():
        for statement in statements:
            forms = disguised(statement) if family in _WORDS else {"plain": statement}
            found += [(family, disguise, text) for disguise, text in forms.items()]
    return found
