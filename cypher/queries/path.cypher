// answers: The shortest paths between two nodes, of four edges at most, in whichever direction these point
// parameter source (string): id of the first node
// parameter target (string): id of the second node
// parameter limit (integer): rows at most
// column steps (integer): number of edges
// column names (strings): names and titles of the nodes on the path, with both ends
// column relations (strings): edge types on the path
// column ids (strings): ids of the nodes on the path, with both ends
// example: source = model/sgpt, target = benchmark/gsm8k, limit = 20
MATCH (a:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository {id: $source})
MATCH (b:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository {id: $target})
WHERE a.id <> b.id
MATCH w = allShortestPaths((a)-[*..4]-(b))
WITH length(w) AS steps, [n IN nodes(w) | coalesce(n.title, n.name)] AS names, [r IN relationships(w) | type(r)] AS relations,
  [n IN nodes(w) | n.id] AS ids
RETURN steps, names, relations, ids
ORDER BY reduce(text = '', id IN ids | text + '|' + id), reduce(text = '', type IN relations | text + '|' + type)
LIMIT $limit
