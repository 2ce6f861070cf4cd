// answers: Entities by how much their share of a year's papers grew between two years
// parameter relations (strings): edge types
// parameter types (strings): types of entity
// parameter earlier (integer): the earlier year
// parameter later (integer): the later year
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column before (integer): number of papers of the earlier year
// column after (integer): number of papers of the later year
// column growth (number): share of the later year's papers minus share of the earlier year's, 0 to 1
// example: relations = EVALUATES_ON, types = Benchmark, earlier = 2023, later = 2024, limit = 10
OPTIONAL MATCH (p:Paper) WHERE p.year = $earlier
WITH count(p) AS earlier
OPTIONAL MATCH (p:Paper) WHERE p.year = $later
WITH earlier, count(p) AS later
MATCH (p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE e.type IN $types AND type(r) IN $relations AND (p.year = $earlier OR p.year = $later)
WITH earlier, later, e, count(DISTINCT CASE WHEN p.year = $earlier THEN p.id END) AS before,
  count(DISTINCT CASE WHEN p.year = $later THEN p.id END) AS after
WITH e, before, after,
  1.0 * after / (CASE WHEN later = 0 THEN 1 ELSE later END)
  - 1.0 * before / (CASE WHEN earlier = 0 THEN 1 ELSE earlier END) AS growth
WHERE growth > 0
RETURN e.id AS id, e.name AS name, e.type AS type, before, after, growth
ORDER BY growth DESC, id
LIMIT $limit
