// answers: The papers that introduce an entity, with their authors and the sentence that says so
// parameter entity (string): id of the entity
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column authors (strings): names in the paper's order, alphabetical if that is unknown
// column url (string): web address
// column confidence (number): 0 to 1
// column evidence (string): the sentence that says so
// example: entity = benchmark/mteb, limit = 20
MATCH (p:Paper)-[r:INTRODUCES]->(e:Benchmark|Dataset|Model|Method {id: $entity})
OPTIONAL MATCH (p)-[w:AUTHORED_BY]->(a:Author)
WITH p, r, a, coalesce(w.position, 0) AS position ORDER BY p.id, position, a.name, a.id LIMIT 100000
RETURN p.id AS id, p.title AS title, p.year AS year, collect(a.name) AS authors, p.url AS url, r.confidence AS confidence,
  r.evidence AS evidence
ORDER BY coalesce(confidence, 0.0) DESC, coalesce(year, 9999), id
LIMIT $limit
