// answers: The shortest ways from one thing to another, over four edges at most, in whichever direction these point
// parameter source (string): id of the one
// parameter target (string): id of the other
// parameter limit (integer): rows at most
// column steps (integer): number of edges
// column names (strings): names and titles on the way, both ends included
// column relations (strings): edge types on the way
// column ids (strings): ids on the way, both ends included
// example: source = model/sgpt, target = benchmark/gsm8k, limit = 20
MATCH (a:Paper|Author|Organization|Benchmark|Dataset|Model|Method|Task|Repository {id: $source})
MATCH (b:Paper|Author|Organization|Benchmark|Dataset|Model|Method|Task|Repository {id: $target})
WHERE a.id <> b.id
MATCH w = allShortestPaths((a)-[*..4]-(b))
WITH length(w) AS steps, [n IN nodes(w) | coalesce(n.title, n.name)] AS names, [r IN relationships(w) | type(r)] AS relations,
  [n IN nodes(w) | n.id] AS ids
RETURN steps, names, relations, ids
ORDER BY reduce(text = '', id IN ids | text + '|' + id), reduce(text = '', type IN relations | text + '|' + type)
LIMIT $limit
