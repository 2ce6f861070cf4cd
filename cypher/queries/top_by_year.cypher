// answers: Entities with the most papers of each year that have one of the given relations to them, newest year first
// parameter relations (strings): edge types
// parameter types (strings): types of entity
// parameter since (integer): first year
// parameter until (integer): last year
// parameter each (integer): number of entities a year
// parameter limit (integer): rows at most
// column year (integer): year of first publication
// column id (string): id of the entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column papers (integer): number of papers
// example: relations = EVALUATES_ON, types = Benchmark, since = 0, until = 9999, each = 2, limit = 100
MATCH (p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE e.type IN $types AND type(r) IN $relations AND p.year >= $since AND p.year <= $until
WITH p.year AS year, e, count(DISTINCT p) AS papers
ORDER BY year DESC, papers DESC, e.id
LIMIT 1000000
WITH year, collect(e.id) AS ids, collect(e.name) AS names, collect(e.type) AS types, collect(papers) AS counts
UNWIND range(0, $each - 1) AS place
WITH year, ids[place] AS id, names[place] AS name, types[place] AS type, counts[place] AS papers
WHERE id IS NOT NULL
RETURN year, id, name, type, papers
ORDER BY year DESC, papers DESC, id
LIMIT $limit
