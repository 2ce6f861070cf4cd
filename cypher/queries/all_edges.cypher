// answers: All edges of the graph, by source
// parameter limit (integer): rows at most
// column source (string): id of the node that the edge leaves
// column relation (string): edge type
// column target (string): id of the node that it goes to
// column edge (edge): the edge with its properties
// example: limit = 20
MATCH (s:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository|Result)-[r]->(t)
RETURN s.id AS source, type(r) AS relation, t.id AS target, r AS edge
ORDER BY source, relation, target
LIMIT $limit
