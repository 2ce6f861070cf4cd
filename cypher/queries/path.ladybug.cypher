// LadybugDB has its own syntax for shortest paths and for lists of their nodes.
MATCH (a:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository {id: $source}),
  (b:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository {id: $target})
WHERE a.id <> b.id
MATCH w = (a)-[* ALL SHORTEST 1..4]-(b)
WITH length(w) AS steps, list_transform(nodes(w), n -> coalesce(n.title, n.name)) AS names,
  properties(rels(w), '_LABEL') AS relations, properties(nodes(w), 'id') AS ids
RETURN steps, names, relations, ids
ORDER BY list_to_string('|', ids), list_to_string('|', relations)
LIMIT $limit
