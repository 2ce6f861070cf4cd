// LadybugDB counts the items of a list from 1.
MATCH (p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE e.type IN $types AND type(r) IN $relations AND p.year >= $since AND p.year <= $until
WITH p.year AS year, e, count(DISTINCT p) AS papers
ORDER BY year DESC, papers DESC, e.id
LIMIT 1000000
WITH year, collect(e.id) AS ids, collect(e.name) AS names, collect(e.type) AS types, collect(papers) AS counts
UNWIND range(1, $each) AS place
WITH year, ids, names, types, counts, place
WHERE place <= size(ids)
RETURN year, ids[place] AS id, names[place] AS name, types[place] AS type, counts[place] AS papers
ORDER BY year DESC, papers DESC, id
LIMIT $limit
