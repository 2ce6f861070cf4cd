// answers: Entities to which the papers have one of the given relations, those with the most papers first
// parameter relations (strings): edge types
// parameter types (strings): types of entity
// parameter without (strings): ids of entities to leave out
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column papers (integer): number of papers
// example: relations = EVALUATES_ON, types = Benchmark, without = , limit = 20
MATCH (p)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE type(r) IN $relations AND e.type IN $types AND NOT e.id IN $without
RETURN e.id AS id, e.name AS name, e.type AS type, count(DISTINCT p) AS papers
ORDER BY papers DESC, id
LIMIT $limit
