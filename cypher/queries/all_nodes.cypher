// answers: All nodes of the graph, by id
// parameter limit (integer): rows at most
// column id (string): id of the node
// column node (node): the node with its properties
// example: limit = 20
MATCH (n:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository|Result)
RETURN n.id AS id, n AS node
ORDER BY id
LIMIT $limit
