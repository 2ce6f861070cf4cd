// answers: Entities to which the papers that introduce an entity have one of the given relations: what it builds on, is evaluated on or compared with
// parameter entity (string): id of the entity that they introduce
// parameter relations (strings): edge types
// parameter types (strings): types of entity
// parameter limit (integer): rows at most
// column id (string): id of the other entity
// column name (string): its name
// column type (string): Benchmark, Dataset, Model or Method
// column relation (string): edge type
// column confidence (number): 0 to 1
// column evidence (string): the sentence that says so
// column paper (string): key of the introducing paper
// column title (string): its title
// example: entity = model/sgpt, relations = EVALUATES_ON, USES, types = Benchmark, Model, limit = 20
MATCH (x:Benchmark|Dataset|Model|Method {id: $entity})<-[:INTRODUCES]-(p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method)
WHERE e.id <> $entity AND type(r) IN $relations AND e.type IN $types
RETURN e.id AS id, e.name AS name, e.type AS type, type(r) AS relation, r.confidence AS confidence, r.evidence AS evidence,
  p.id AS paper, p.title AS title
ORDER BY
  CASE relation
    WHEN 'INTRODUCES' THEN 1
    WHEN 'EVALUATES_ON' THEN 2
    WHEN 'TRAINS_ON' THEN 3
    WHEN 'EVALUATES' THEN 4
    WHEN 'COMPARES_WITH' THEN 5
    WHEN 'USES' THEN 6
    ELSE 7
  END, coalesce(confidence, 0.0) DESC, id, paper
LIMIT $limit
