// answers: Papers that have one of the given relations to an entity, newest first, with the sentence that says so
// parameter entity (string): id of the entity
// parameter relations (strings): edge types
// parameter since (integer): first year; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column relation (string): edge type
// column confidence (number): 0 to 1
// column evidence (string): the sentence that says so
// example: entity = benchmark/mteb, relations = EVALUATES_ON, since = 0, until = 9999, limit = 20
MATCH (p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method {id: $entity})
WHERE type(r) IN $relations AND coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN p.id AS id, p.title AS title, p.year AS year, type(r) AS relation, r.confidence AS confidence, r.evidence AS evidence
ORDER BY coalesce(year, 0) DESC, coalesce(confidence, 0.0) DESC, id, relation
LIMIT $limit
