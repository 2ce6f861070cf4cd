// answers: The papers, newest first, with the sentences about the entities and their own repositories
// parameter entities (strings): ids of the entities in the question
// parameter relations (strings): edge types in the question
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column published (string): date of publication, ISO 8601, as far as known
// column evidence (strings): sentences about the entities
// column code (strings): web addresses of the paper's own repositories
// example: entities = method/lora, relations = USES, limit = 20
WITH p ORDER BY coalesce(p.year, 0) DESC, coalesce(p.published, '') DESC, p.id LIMIT $limit
OPTIONAL MATCH (p)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE e.id IN $entities AND type(r) IN $relations
WITH p, r.evidence AS sentence ORDER BY p.id, e.id, type(r) LIMIT 100000
WITH p, collect(DISTINCT sentence) AS evidence
OPTIONAL MATCH (p)-[:HAS_CODE]->(c:Repository)
WITH p, evidence, c.url AS url ORDER BY p.id, url LIMIT 100000
RETURN p.id AS id, p.title AS title, p.year AS year, p.published AS published, evidence, collect(url) AS code
ORDER BY coalesce(year, 0) DESC, coalesce(published, '') DESC, id
