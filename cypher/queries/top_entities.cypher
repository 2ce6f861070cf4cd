// answers: Entities by the number of papers that have one of the given relations to them
// parameter relations (strings): edge types
// parameter types (strings): types of entity
// parameter since (integer): first year; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column papers (integer): number of papers
// example: relations = EVALUATES_ON, types = Benchmark, since = 0, until = 9999, limit = 10
MATCH (p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE e.type IN $types AND type(r) IN $relations AND coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN e.id AS id, e.name AS name, e.type AS type, count(DISTINCT p) AS papers
ORDER BY papers DESC, id
LIMIT $limit
