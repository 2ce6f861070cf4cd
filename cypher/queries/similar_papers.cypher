// answers: Papers that name the same entities as a paper, the most similar first (Adamic and Adar's index: rare entities count more)
// parameter paper (string): the paper's key
// parameter limit (integer): rows at most
// column id (string): key of the other paper
// column title (string): its title
// column year (integer): year of first publication
// column likeness (number): sum over the shared entities of 1 / log10(1 + number of papers that name it)
// column shared (strings): names of the shared entities
// example: paper = 2210.07316, limit = 20
MATCH (p:Paper {id: $paper})-[:INTRODUCES|EVALUATES_ON|TRAINS_ON|EVALUATES|COMPARES_WITH|USES|MENTIONS]->
  (e:Benchmark|Dataset|Model|Method)<-[:INTRODUCES|EVALUATES_ON|TRAINS_ON|EVALUATES|COMPARES_WITH|USES|MENTIONS]-(q:Paper)
WHERE q.id <> $paper
WITH DISTINCT q, e
WITH q, e.name AS name, round(1.0 / log10(1.0 + e.papers), 6) AS weight
ORDER BY q.id, weight DESC, name
LIMIT 1000000
WITH q, sum(weight) AS likeness, collect(name) AS shared
RETURN q.id AS id, q.title AS title, q.year AS year, round(likeness, 4) AS likeness, shared
ORDER BY likeness DESC, id
LIMIT $limit
