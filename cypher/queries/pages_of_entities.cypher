// answers: All entities, page by page
// parameter after (string): id of the last entity of the page before; empty for the first page
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column label (string): Benchmark, Dataset, Model or Method
// column name (string): its name
// column aliases (strings): every other written form
// column keys (strings): normal forms by which it is found
// column papers (integer): number of papers with a relation to it
// example: after = benchmark/m, limit = 10
MATCH (n:Benchmark|Dataset|Model|Method)
WHERE n.id > $after
RETURN n.id AS id, n.type AS label, n.name AS name, n.aliases AS aliases, n.keys AS keys, n.papers AS papers
ORDER BY id
LIMIT $limit
