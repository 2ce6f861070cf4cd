"""Mistakes that show before a statement runs: what Neo4j reports, and names that the graph's schema does not have."""

import re
from pathlib import Path

import pytest

from kg.errors import CitegraphError, NotUnderstoodError, RefusedError
from kg.queries import cypher
from kg.store.ladybug.static_checks import check_statement
from kg.store.ladybug.static_functions import SIGNATURES
from kg.syntax import guard
from kg.syntax.functions import FUNCTIONS

PAGE = Path(__file__).parents[2] / "docs" / "dialect.md"
GIVEN = {"minus": -1, "half": 0.5, "one": 1, "text": "a", "list": [1, 2]}

# A statement with a mistake, what the message says of it, and a statement like it without the mistake.
# fmt: off
VARIABLES = [
    ("MATCH (p:Paper) RETURN q", "q is not defined", "MATCH (p:Paper) RETURN p"),
    ("MATCH (p:Paper) RETURN p ORDER BY q", "q is not defined", "MATCH (p:Paper) RETURN p AS q ORDER BY q.id, p.id"),
    ("MATCH (p:Paper) WITH p.id AS id RETURN p", "p is not defined", "MATCH (p:Paper) WITH p.id AS id WHERE p.year > 1 RETURN id"),
    ("WITH 1 AS a WITH 2 AS b ORDER BY c RETURN b", "c is not defined", "WITH 1 AS a WITH 2 AS b ORDER BY a RETURN b"),
    ("WITH 1 AS a, a AS b RETURN b", "a is not defined", "WITH 1 AS a WITH a, a AS b RETURN b"),
    ("MATCH (a {id: c.id}) RETURN a", "c is not defined", "MATCH (a:Paper {id: b.id}), (b:Paper) RETURN a"),
    ("MATCH (a:Paper) WHERE EXISTS { (a)-->(b) } RETURN b", "b is not defined", "MATCH (a:Paper) WHERE EXISTS { (a)-->(b) WHERE b.id <> a.id } RETURN a"),
    ("RETURN [x IN [1] | y] AS l", "y is not defined", "RETURN [x IN [1] | [x IN [2] | x]] AS l"),
    ("RETURN [x IN x | 1] AS l", "x is not defined", "WITH [1] AS x RETURN [x IN x | 1] AS l"),
    ("RETURN reduce(a = a, x IN [1] | x) AS n", "a is not defined", "RETURN reduce(a = 0, x IN [1] | a + x) AS n"),
    ("RETURN reduce(x = 0, x IN [1] | x) AS n", "two variables", "RETURN reduce(a = 0, x IN [1] | x) AS n"),
    ("MATCH (p:Paper) RETURN p {.id, x} AS m", "x is not defined", "MATCH (p:Paper) RETURN p {.id, p} AS m"),
    ("MATCH (a:Paper) RETURN [(a)-->(b) | b.id] AS l, b", "b is not defined", "MATCH (a:Paper) RETURN [(a)-->(b) | b.id] AS l"),
    ("MATCH (a:Paper) RETURN [a = (a)-->(b) | a] AS l", "a is no node", "MATCH (a:Paper), (p:Model) RETURN [p = (a)-->(b) | p] AS l"),
    ("MATCH (a:Paper) WHERE (a)-->(b) RETURN a", "EXISTS { MATCH", "MATCH (a:Paper) WHERE (a)-->() RETURN a"),
    ("MATCH (a:Paper) RETURN (a)-->() AS x", "a pattern is a condition", "MATCH (a:Paper) RETURN exists((a)-->()) AS x, NOT (a)-->() AS y"),
    ("MATCH (a:Paper) RETURN shortestPath((a)-[*]->()) AS p", "between nodes", "MATCH (a:Paper {year: 1}), (b:Model) RETURN shortestPath((a)-[*]->(b)) AS p"),
    ("MATCH (x:Paper) UNWIND [1] AS x RETURN x", "x is already defined", "MATCH (x:Paper) UNWIND [1] AS y RETURN x"),
    ("MATCH p = (a), p = (b) RETURN p", "p is already defined", "MATCH p = (a:Task), q = (b:Task) RETURN p"),
    ("MATCH (a)-[r]->(r) RETURN a", "r is no node", "MATCH (a)-[r]->(b)-[r]->(c) RETURN a"),
    ("MATCH (a:Paper) MATCH ()-[a]->() RETURN a", "a stands for a relationship", "MATCH (a:Paper) MATCH (a)-[b]->() RETURN b"),
    ("MATCH (a)-[r*1..2]->(b) MATCH (c)-[r]->(d) RETURN c", "r stands for a relationship", "MATCH (a)-[r*1..2]->(b) MATCH (c)-[s]->(d) RETURN c LIMIT 1"),
    ("UNWIND [1] AS x MATCH (x) RETURN x", "x is no node", "MATCH (n:Task) UNWIND [n] AS x MATCH (x) RETURN x"),
    ("MATCH (n) WITH n.id AS m MATCH (m)-->(o) RETURN o", "m is no node", "MATCH (n:Task) WITH head(collect(n)) AS m MATCH (m)--(o) RETURN o"),
    ("MATCH (a) ((x)-->(y)){1,2} (b) RETURN x.id", "a list has no property", "MATCH (a:Task) ((x)-->(y)){1,2} (b) RETURN [n IN x | n.id] AS l"),
    ("MATCH p = shortestPath((a)-[*2..3]->(b)) RETURN p", "0 or 1", "MATCH p = shortestPath((a:Task)-[*1..3]->(b:Model)) RETURN p"),
    ("MATCH p = shortestPath((a)-->(b)-->(c)) RETURN p", "between two nodes", "MATCH p = shortestPath((a:Task)-->(b:Model)) RETURN p"),
    ("MATCH () RETURN *", "no variable for *", "MATCH () WITH *, 1 AS x RETURN *"),
    ("MATCH ()-[:CITES*1..2]->(), ()-[:CITES]->{1,2}() RETURN 1 AS x", "one MATCH has either *", "MATCH (a)-[:CITES*1..2]->() MATCH (a)-[:CITES]->{1,2}() RETURN 1 AS x"),
    ("MATCH (a) WHERE EXISTS { (a)-[:CITES*1..2]->()-->+() } RETURN a", "one MATCH has either *", "MATCH (a:Task) WHERE EXISTS { (a)-[:CITES*1..2]->() } RETURN a"),
    ("MATCH p = shortestPath((a)-[:CITES]->{1,3}(b)) RETURN p", "takes no quantifier", "MATCH p = shortestPath((a:Task)-[:CITES*1..3]->(b:Model)) RETURN p"),
    ("MATCH (a:Paper) WHERE (a)-[:CITES]->{1,2}() RETURN a", "takes no quantifier", "MATCH (a:Paper) WHERE (a)-[:CITES*1..2]->() RETURN a"),
    ("MATCH (a:Paper) RETURN [(a)-[:CITES]->{1,2}(b) | b] AS l", "takes no quantifier", "MATCH (a:Paper) RETURN [(a)-[:CITES*1..2]->(b) | b] AS l"),
    ("MATCH (a:Paper) WHERE (a)-[:CITES]->( WHERE true) RETURN a", "takes no WHERE", "MATCH (a:Paper) RETURN [(a)-[:CITES]->(b WHERE b.year > 1) | b] AS l"),
    ("MATCH (a:Paper) WHERE (a)-[:CITES WHERE true]->() RETURN a", "takes no WHERE", "MATCH (a:Paper) WHERE (a)-[:CITES]->() RETURN a"),
    ("RETURN all(x IN [1]) AS b", "needs WHERE", "RETURN all(x IN [1] WHERE x > 0) AS b"),
]
COLUMNS = [
    ("MATCH (p:Paper) RETURN p.id, p.id", "two columns are called p.id", "MATCH (p:Paper) RETURN p.id, p.id AS id"),
    ("MATCH (p:Paper) WITH p, p.id AS p RETURN p", "two columns are called p", "MATCH (p:Paper) WITH *, p.id AS p RETURN p"),
    ("RETURN 1 AS x UNION RETURN 2 AS y", "UNION", "RETURN 1 AS x, 2 AS y UNION RETURN 2 AS y, 1 AS x"),
    ("RETURN 1 AS x UNION ALL RETURN 2 AS x UNION RETURN 3 AS x", "mixed", "RETURN 1 AS x UNION RETURN 2 AS x UNION RETURN 3 AS x"),
    ("MATCH (p:Paper) RETURN p LIMIT p.year", "no variable", "MATCH (p:Paper) RETURN p LIMIT size([x IN [1] | x])"),
    ("MATCH (p:Paper) RETURN p LIMIT -1", "from 0 on", "MATCH (p:Paper) RETURN p LIMIT 0"),
    ("MATCH (p:Paper) RETURN p SKIP 1.0", "from 0 on", "MATCH (p:Paper) RETURN p SKIP 1"),
    ("MATCH (p:Paper) RETURN p LIMIT 'a'", "from 0 on", "MATCH (p:Paper) RETURN p LIMIT toInteger('1')"),
    ("MATCH (p:Paper) RETURN p LIMIT [1]", "from 0 on", "MATCH (p:Paper) RETURN p LIMIT [1][0]"),
    ("MATCH (p:Paper) RETURN p LIMIT $minus", "from 0 on", "MATCH (p:Paper) RETURN p LIMIT $one"),
    ("MATCH (p:Paper) RETURN p SKIP $half", "from 0 on", "MATCH (p:Paper) RETURN p SKIP $one"),
    ("MATCH (p:Paper) RETURN p LIMIT COUNT { (:Task) }", "no pattern", "MATCH (p:Paper) RETURN p LIMIT 1 + 1"),
]
AGGREGATES = [
    ("MATCH (p:Paper) WHERE count(*) > 1 RETURN p", "WHERE takes no aggregate", "MATCH (p:Paper) WITH p, count(*) AS n WHERE count(*) > 1 RETURN p"),
    ("MATCH (p:Paper) RETURN sum(count(p)) AS n", "within another aggregate", "MATCH (p:Paper) RETURN sum(COUNT { (p)-->() }) AS n"),
    ("MATCH (p:Paper) RETURN [x IN [1] | count(x)] AS n", "over a list", "MATCH (p:Paper) RETURN [x IN collect(p.id) | x] AS n"),
    ("MATCH (p:Paper) RETURN [(p)-->(q) | count(q)] AS n", "over a list", "MATCH (p:Paper) RETURN count([(p)-->(q) | q]) AS n"),
    ("MATCH (p:Paper) RETURN reduce(a = 0, x IN [1] | a + count(*)) AS n", "over a list", "MATCH (p:Paper) RETURN reduce(a = count(*), x IN [1] | a) AS n"),
    ("MATCH (p:Paper) UNWIND collect(p) AS x RETURN x", "UNWIND takes no aggregate", "MATCH (p:Paper) WITH collect(p) AS l UNWIND l AS x RETURN x"),
    ("MATCH (p:Paper {year: count(*)}) RETURN p", "a pattern takes no aggregate", "MATCH (p:Paper {year: size([1])}) RETURN p"),
    ("MATCH (p:Paper) RETURN p LIMIT count(*)", "LIMIT takes no aggregate", "MATCH (p:Paper) RETURN count(*) AS n LIMIT 1"),
    ("MATCH (p:Paper) RETURN p.year + count(*) AS n", "no column", "MATCH (p:Paper) RETURN p.year, p.year + count(*) AS n"),
    ("MATCH (p:Paper) RETURN p.year + 1 AS y, (p.year + 1) * count(*) AS n", "no column", "MATCH (p:Paper) RETURN p AS y, (p.year + 1) * count(*) AS n"),
    ("MATCH (p:Paper) WITH {a: p} AS m RETURN m.a.id, m.a.id + count(*) AS n", "no column", "MATCH (p:Paper) WITH {a: p} AS m RETURN m.a, m.a.id + count(*) AS n"),
    ("WITH [1] AS l RETURN l[0], l[0] + count(*) AS n", "no column", "WITH {a: 1} AS m RETURN m['a'], m.a + count(*) AS n"),
    ("WITH {a: 1} AS m, 'a' AS k RETURN m[k], m[k] + count(*) AS n", "no column", "WITH {a: 1} AS m RETURN m.a, m['a'] + count(*) AS n"),
    ("MATCH (p:Paper) RETURN p.id, p {.id, n: count(*)} AS m", "no column", "MATCH (p:Paper) RETURN p, p {.id, n: count(*)} AS m"),
    ("MATCH (p:Paper) RETURN p.id, COUNT { MATCH (q) WHERE q.id = p.year } + count(*) AS n", "no column", "MATCH (p:Paper) RETURN p.id, COUNT { MATCH (q) WHERE q.id = p.id } + count(*) AS n"),
    ("MATCH (p:Paper) RETURN [x IN collect(p) | x.id + p.id] AS l", "no column", "MATCH (p:Paper) RETURN p.id, [x IN collect(p) | x.id + p.id] AS l"),
    ("MATCH (p:Paper) RETURN count(*) > 0 AND (p)-->() AS b", "no column", "MATCH (p:Paper) RETURN *, count(*) > 0 AND (p)-->() AS b"),
    ("MATCH (p:Paper) RETURN DISTINCT p.id AS id ORDER BY p.year", "p is not defined any more", "MATCH (p:Paper) RETURN DISTINCT p.id AS id ORDER BY p.id + 'x'"),
    ("MATCH (p:Paper) RETURN count(*) AS n ORDER BY p.year", "p is not defined any more", "MATCH (p:Paper) RETURN p, count(*) AS n ORDER BY p.year"),
    ("MATCH (p:Paper) WITH p.id AS i, count(*) AS n WHERE p.year = 1 RETURN i", "p is not defined any more", "MATCH (p:Paper) WITH p.id AS i, count(*) AS n WHERE p.id = '1' RETURN i"),
    ("MATCH (p:Paper) RETURN p.id AS id ORDER BY count(*)", "only where one is a column", "MATCH (p:Paper) RETURN p.id AS id, count(*) AS n ORDER BY count(*) + 1"),
    ("MATCH (p:Paper) RETURN p.id AS id, count(*) AS n ORDER BY max(id)", "has to be a column", "MATCH (p:Paper) RETURN p.id AS id, max(p.year) AS n ORDER BY max(p.year)"),
]
SUBQUERIES = [
    ("MATCH (p:Paper) CALL { MATCH (p)-->(q) RETURN p } RETURN q", "returns p", "MATCH (p:Paper) CALL { WITH p MATCH (p)-->(q) RETURN q } RETURN q"),
    ("MATCH (p:Paper) CALL { WITH p.id AS id RETURN id } RETURN id", "only names variables", "MATCH (p:Paper) CALL { WITH p WITH p.id AS id RETURN id } RETURN id"),
    ("MATCH (p:Paper) CALL { WITH p LIMIT 1 RETURN 1 AS x } RETURN x", "only names variables", "MATCH (p:Paper) CALL { WITH 1 AS x LIMIT 1 RETURN x } RETURN x"),
    ("MATCH (p:Paper) CALL { WITH q RETURN 1 AS x } RETURN x", "q is not defined", "MATCH (p:Paper) CALL { WITH * RETURN p.id AS x } RETURN x"),
    ("MATCH (p:Paper) CALL { UNWIND [p] AS x RETURN x } RETURN x", "p is not defined", "MATCH (p:Paper) CALL (p) { UNWIND [p] AS x RETURN x } RETURN x"),
    ("MATCH (p:Paper) CALL () { RETURN p.id AS x } RETURN x", "p is not defined", "MATCH (p:Paper) CALL (*) { RETURN p.id AS x } RETURN x"),
    ("MATCH (p:Paper) CALL (q) { RETURN 1 AS x } RETURN x", "q is not defined", "MATCH (p:Paper) CALL () { RETURN 1 AS x } RETURN x"),
    ("MATCH (p:Paper) CALL (p) { WITH 1 AS p RETURN p AS x } RETURN x", "p is already defined", "MATCH (p:Paper) CALL (p) { WITH *, 1 AS y RETURN p.year + y AS x } RETURN x"),
    ("MATCH (p:Paper) CALL { WITH p RETURN p.id AS x UNION RETURN p.id AS x } RETURN x", "p is not defined", "MATCH (p:Paper) CALL (p) { RETURN p.id AS x UNION RETURN p.title AS x } RETURN x"),
    ("CALL { MATCH (p:Paper) RETURN p.id } RETURN 1 AS x", "AS a name", "CALL { MATCH (p:Paper) RETURN p } RETURN p.id"),
    ("MATCH (p:Paper) CALL { MATCH (q:Task) } RETURN p", "ends with RETURN", "MATCH (p:Paper) CALL { MATCH (q:Task) RETURN q } RETURN p"),
    ("MATCH (p:Paper) RETURN EXISTS { MATCH (q) WITH 1 AS p RETURN p } AS b", "p is already defined", "MATCH (p:Paper) RETURN EXISTS { MATCH (p)-->(q) WITH q RETURN p } AS b"),
    ("MATCH (p:Paper) RETURN COUNT { MATCH (q) FINISH } AS n", "FINISH", "MATCH (p:Paper) RETURN COUNT { MATCH (q:Task) } AS n"),
    ("MATCH (p:Paper) RETURN COLLECT { MATCH (p)-->(q) RETURN p, q } AS l", "exactly one column", "MATCH (p:Paper) RETURN COLLECT { MATCH (p)-->(q) RETURN q.id } AS l"),
    ("MATCH (p:Paper) RETURN COLLECT { MATCH (q:Task) RETURN * } AS l", "exactly one column", "MATCH (p:Paper) RETURN COLLECT { MATCH (q:Task) RETURN q } AS l"),
]
TYPES = [
    ("RETURN 1 + true AS x", "+ cannot join an integer with a boolean", "RETURN [1] + true AS x"),
    ("RETURN 1 + date() AS x", "+ cannot join", "RETURN date() + duration('P1D') AS x"),
    ("MATCH (n) RETURN n + 1 AS x", "+ cannot join a node", "MATCH (n:Task) RETURN n + [1] AS x"),
    ("RETURN 'a' - 1 AS x", "- takes", "RETURN 2 - 1 AS x"),
    ("MATCH (p:Paper) RETURN p.year * 'a' AS x", "* cannot join", "MATCH (p:Paper) RETURN p.year * 2 AS x"),
    ("RETURN 'a' || 1 AS x", "|| cannot join", "RETURN [1] || [2] AS x"),
    ("RETURN -'a' AS x", "- takes", "RETURN -$one AS x"),
    ("RETURN toUpper(head([1])) AS x", "toUpper() takes a string", "RETURN toUpper(head([1, 'a'][1..])) AS x"),
    ("RETURN size(1) AS x", "size() takes a list or a string, not an integer", "RETURN size(coalesce([1], 'a')) AS x"),
    ("RETURN range('a', 1) AS x", "range() takes an integer", "RETURN range(0, $one) AS x"),
    ("RETURN left('abc', 1.5) AS x", "left() takes an integer", "RETURN left('abc', 1) AS x"),
    ("RETURN toString([1]) AS x", "toString() takes", "RETURN toStringOrNull([1]) AS x"),
    ("RETURN split('a', [1]) AS x", "split() takes", "RETURN split('a,b', [',', ';']) AS x"),
    ("RETURN percentileCont(1, 2) AS x", "0.0 to 1.0", "RETURN percentileCont(1, 0.5) AS x"),
    ("RETURN sum('a') AS x", "sum() takes", "RETURN sum(null) AS x"),
    ("RETURN toUpper(DISTINCT 'a') AS x", "takes no DISTINCT", "RETURN count(DISTINCT 'a') AS x"),
    ("RETURN substring('a') AS x", "2 to 3 arguments, not 1", "RETURN substring('a', 0) AS x"),
    ("RETURN size('a', 'b') AS x", "1 argument, not 2", "RETURN size('a') AS x"),
    ("MATCH (n) RETURN type(n) AS x", "type() takes a relationship, not a node", "MATCH ()-[r]->() RETURN type(r) AS x"),
    ("MATCH ()-[r]->() RETURN labels(r) AS x", "labels() takes a node", "MATCH ()-[r]->() RETURN labels(startNode(r)) AS x"),
    ("MATCH (a)-[r*1..2]->() RETURN type(r) AS x", "type() takes a relationship, not a list", "MATCH (a)-[r*1..2]->() RETURN [e IN r | type(e)] AS x"),
    ("RETURN length('abc') AS x", "length() takes a path", "MATCH p = (:Task) RETURN length(p) AS x"),
    ("MATCH (p:Paper) RETURN keys(p.year) AS x", "keys() takes", "MATCH (p:Paper) RETURN keys({a: 1}) AS x"),
    ("RETURN 1 IN 2 AS x", "what follows IN is a list", "RETURN 1 IN null AS x"),
    ("RETURN 1 =~ 'a' AS x", "=~ takes a string", "RETURN 'a' =~ $text AS x"),
    ("RETURN NOT 1 AS x", "NOT takes a condition", "RETURN NOT null AS x"),
    ("RETURN -$text AS x", "- takes", "RETURN +$text AS x, +$list AS y"),
    ("RETURN +'a' AS x", "+ takes", "WITH $text AS a RETURN +a AS x"),
    ("RETURN NOT tail($list) AS x", "NOT isEmpty", "RETURN NOT $list AS x, NOT reverse($list) AS y"),
    ("RETURN NOT $list[0..1] AS x", "NOT isEmpty", "WITH [$list] AS l RETURN NOT l[0] AS x"),
    ("RETURN NOT ($list + [1]) AS x", "NOT isEmpty", "RETURN NOT ($list + 1) AS x, NOT coalesce([1], $list) AS y"),
    ("RETURN substring('abc', 1.5) AS x", "takes an integer", "RETURN substring('abc', $half) AS x"),
    ("RETURN [1] AND true AS x", "NOT isEmpty", "RETURN isEmpty([1]) AND true AS x"),
    ("MATCH (n) WHERE n RETURN n", "WHERE takes a condition, not a node", "MATCH (n) WHERE n.relative RETURN n"),
    ("MATCH (n) WHERE 'a' RETURN n", "WHERE takes a condition", "MATCH (n) WHERE null RETURN n"),
    ("RETURN CASE WHEN 1 THEN 2 END AS x", "WHEN takes a condition", "RETURN CASE 1 WHEN 'a' THEN 2 END AS x"),
    ("RETURN CASE WHEN true THEN 1 ELSE 'a' END AND true AS x", "an integer or a string", "RETURN CASE WHEN false THEN 'a' ELSE true END AND true AS x"),
    ("RETURN [1, 2]['a'] AS x", "the place in a list is an integer", "RETURN {a: 1}['a'] AS x"),
    ("RETURN 'abc'[0] AS x", "substring()", "RETURN ['abc'][0] AS x"),
    ("RETURN 'abc'[0..1] AS x", "substring()", "RETURN ['abc'][0..1] AS x"),
    ("RETURN [1]['a'..] AS x", "the bound of a slice", "RETURN [1][null..] AS x"),
    ("MATCH (n) RETURN n[0] AS x", "the key of a node is a string", "MATCH (p:Paper) RETURN p['year'] AS x"),
    ("RETURN 'abc'.x AS x", "a string has no property x", "RETURN {a: 1}.x AS x"),
    ("WITH 1 AS m RETURN m {.a} AS x", "a map projection is of", "WITH {a: 1} AS m RETURN m {.a} AS x"),
    ("WITH 1 AS x RETURN x:Paper AS b", "a label is of", "MATCH (x) RETURN x:Paper AS b"),
    ("RETURN [x IN ['a'] | x * 1] AS x", "* takes", "RETURN [x IN ['a'] | x + 1] AS x"),
    ("RETURN [x IN 'a' | x] AS x", "what follows IN is a list", "UNWIND 'a' AS x RETURN x"),
    ("RETURN reduce(a = 0, x IN ['a'] | a + x) AS x", "goes on with a string", "RETURN reduce(a = 0, x IN [1.5] | a + x) AS x"),
    ("RETURN reduce(a = [1], x IN [1] | ['a']) AS x", "other items", "RETURN reduce(a = [1], x IN [1] | a + 'a') AS x"),
    ("RETURN reduce(a = [1.5], x IN [1] | [1]) AS x", "other items", "RETURN reduce(a = [1, 1.5], x IN [1] | [1]) AS x"),
    ("RETURN reduce(a = [[1]], x IN [1] | [['a']]) AS x", "other items", "RETURN reduce(a = [], x IN [1] | [['a']]) AS x"),
    ("MATCH (n:Task) RETURN reduce(a = [1], x IN [1] | labels(n)) AS x", "other items", "MATCH (n:Task) RETURN reduce(a = [1], x IN [1] | [n.id]) AS x"),
    ("UNWIND [1, 2] AS x RETURN x AND true AS b", "AND takes a condition", "UNWIND [true, false] AS x RETURN x AND true AS b"),
    ("MATCH (p:Paper) RETURN COUNT { (p)-->() } AND true AS b", "AND takes a condition", "MATCH (p:Paper) RETURN EXISTS { (p)-->() } AND true AS b"),
    ("MATCH p = (:Task) RETURN [n IN nodes(p) | type(n)] AS x", "type() takes a relationship, not a node", "MATCH p = (:Task) RETURN [n IN nodes(p) | labels(n)] AS x"),
]
# Names that are not in the graph's schema: on Neo4j they are no mistakes, and find nothing.
NAMES = [
    ("MATCH (p:Papers) RETURN p", "the graph has no Papers: did you mean Paper?", "MATCH (p:Paper) RETURN p"),
    ("MATCH (p:!Papers) RETURN p", "did you mean Paper?", "MATCH (p:Paper&Model) RETURN p"),
    ("MATCH (p:Paper)-[:uses]->(m) RETURN p", "did you mean USES?", "MATCH (p:Model)-[:CITES]->(m) RETURN p"),
    ("MATCH (n) WHERE n:Modle RETURN n", "did you mean Model", "MATCH (n) WHERE n:Model RETURN n"),
    ("MATCH (p:Paper) RETURN p.tilte", "Paper has no property tilte: did you mean title?", "MATCH (p:Paper|Model) RETURN p.title"),
    ("MATCH (p:Paper {yaer: 1}) RETURN p", "did you mean year?", "MATCH (p:Paper {year: 1}) RETURN p"),
    ("MATCH (p:Paper) WITH p AS q RETURN q.tilte", "did you mean title?", "MATCH (p:Paper) WITH p AS q RETURN q.title"),
    ("MATCH (p:Paper) WITH collect(p) AS l UNWIND l AS q RETURN q.tilte", "did you mean title?", "MATCH (p:Paper) WITH collect(p) AS l UNWIND l AS q RETURN q.title"),
    ("MATCH (p:Paper) RETURN [q IN collect(p) | q.tilte] AS l", "did you mean title?", "MATCH (p:Paper) RETURN [q IN collect(p) | q.title] AS l"),
    ("MATCH (p:Paper) WITH {paper: p} AS m RETURN m.paper.tilte", "did you mean title?", "MATCH (p:Paper) WITH {paper: p} AS m RETURN m.paper.title, m.tilte"),
    ("MATCH (p:Paper) RETURN p {.tilte} AS m", "did you mean title?", "MATCH (p:Paper) RETURN p {.title, tilte: 1} AS m"),
    ("MATCH (p:Paper) RETURN p['tilte'] AS t, properties(p).title AS u", "did you mean title?", "MATCH (p:Paper) RETURN p['title'] AS t, properties(p).title AS u"),
    ("MATCH (:Paper)-[r:CITES]->() RETURN r.evidence", "CITES has no property evidence", "MATCH (:Paper)-[r:USES]->() RETURN r.evidence"),
    ("MATCH ()-[r:CITES]->() RETURN startNode(r).name", "Paper has no property name", "MATCH ()-[r:CITES]->() RETURN startNode(r).title"),
    ("MATCH q = (:Paper)-->() RETURN [n IN nodes(q) | n.tilte] AS l", "did you mean title?", "MATCH q = (:Paper)-->() RETURN [n IN nodes(q) | n.title] AS l"),
    ("MATCH (p:Paper) CALL (p) { MATCH (p)-->(m:Model) RETURN m } RETURN m.tilte", "Model has no property tilte", "MATCH (p:Paper) CALL (p) { MATCH (p)-->(m:Model) RETURN m } RETURN m.name"),
]
# fmt: on
MISTAKES = [*VARIABLES, *COLUMNS, *AGGREGATES, *SUBQUERIES, *TYPES]


def check(statement: str, parameters=GIVEN) -> None:
    query, values = guard.check_with_values(statement, "ladybug", parameters)
    check_statement(query, values, statement)


@pytest.mark.parametrize(("wrong", "says", "right"), [*MISTAKES, *NAMES])
def test_a_mistake_is_reported_before_the_statement_runs(wrong, says, right):
    with pytest.raises(NotUnderstoodError) as raised:
        check(wrong)
    assert says in str(raised.value)
    assert re.match(r"line 1, column \d+: ", str(raised.value)) and "\n" not in str(raised.value)
    check(right)


@pytest.mark.neo4j
@pytest.mark.parametrize(("wrong", "says", "right"), MISTAKES)
def test_what_is_a_mistake_is_one_on_neo4j(neo4j, wrong, says, right):
    with pytest.raises(CitegraphError):
        cypher(neo4j, wrong, GIVEN)
    assert cypher(neo4j, right, GIVEN).columns


@pytest.mark.neo4j
@pytest.mark.parametrize(("wrong", "says", "right"), NAMES)
def test_a_name_that_the_schema_does_not_have_is_a_mistake_here_only(neo4j, wrong, says, right):
    assert cypher(neo4j, wrong).columns and cypher(neo4j, right).columns


def test_what_the_page_on_the_dialect_shows_has_no_mistake():
    table = PAGE.read_text(encoding="utf-8").split("## What differs, and is put right")[1].split("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    statements = [row[2:-2].split(" | `", 1)[1][:-1] for row in rows]
    for statement in statements:
        check(statement.replace("\\|", "|"))


def test_a_message_names_no_place_where_the_text_of_the_statement_is_not_given():
    with pytest.raises(NotUnderstoodError, match=r"^the variable x is not defined here$"):
        check_statement(guard.check("RETURN x"), {})


def test_more_operators_than_can_be_checked_are_refused():
    with pytest.raises(RefusedError, match="rule 'size'"):
        check("RETURN " + "+".join(["1"] * 3000) + " AS x")


def test_every_function_that_may_be_called_has_a_signature():
    assert SIGNATURES.keys() == FUNCTIONS.keys()
