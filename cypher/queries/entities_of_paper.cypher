// answers: Entities to which a paper has one of the given relations, with the sentence that says so
// parameter paper (string): the paper's key
// parameter relations (strings): edge types
// parameter types (strings): types of entity
// parameter limit (integer): rows at most
// column id (string): id of the entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column relation (string): edge type
// column confidence (number): 0 to 1
// column evidence (string): the sentence that says so
// example: paper = 2210.07316, relations = INTRODUCES, EVALUATES, MENTIONS, types = Benchmark, Model, limit = 20
MATCH (p:Paper {id: $paper})-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE type(r) IN $relations AND e.type IN $types
RETURN e.id AS id, e.name AS name, e.type AS type, type(r) AS relation, r.confidence AS confidence, r.evidence AS evidence
ORDER BY
  CASE relation
    WHEN 'INTRODUCES' THEN 1
    WHEN 'EVALUATES_ON' THEN 2
    WHEN 'TRAINS_ON' THEN 3
    WHEN 'EVALUATES' THEN 4
    WHEN 'COMPARES_WITH' THEN 5
    WHEN 'USES' THEN 6
    ELSE 7
  END, coalesce(confidence, 0.0) DESC, id
LIMIT $limit
