// answers: All names of entities with the normal forms by which they are found, page by page
// parameter after (string): id of the last entity of the page before; empty for the first page
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column name (string): its name
// column aliases (strings): every other written form
// column keys (strings): normal forms of its names
// example: after = benchmark/m, limit = 10
MATCH (n:Benchmark|Dataset|Model|Method)
WHERE n.id > $after
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.keys AS keys
ORDER BY id
LIMIT $limit
