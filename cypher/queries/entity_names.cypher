// answers: Names and aliases of entities, those with the most papers first
// parameter types (strings): types of entity
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column aliases (strings): every other written form
// column papers (integer): number of papers with a relation to it
// example: types = Benchmark, Dataset, limit = 20
MATCH (e:Benchmark|Dataset|Model|Method)
WHERE e.type IN $types
RETURN e.id AS id, e.name AS name, e.type AS type, e.aliases AS aliases, e.papers AS papers
ORDER BY coalesce(papers, 0) DESC, id
LIMIT $limit
