// answers: Evidence for the relations of the papers between two ids
// parameter after (string): id of the paper before the first
// parameter until (string): id of the last paper
// column paper (string): id of the paper
// column relation (string): edge type
// column entity (string): id of the entity
// column evidence (string): the sentence that says so
// column field (string): title or abstract; null if the relation comes from a correction
// column start (integer): offset of the sentence in the field, in characters
// column end (integer): offset after the sentence
// column by (string): the rule or model that found it
// example: after = 2300, until = 2500
MATCH (p:Paper)-[r:INTRODUCES|EVALUATES_ON|TRAINS_ON|EVALUATES|COMPARES_WITH|USES|MENTIONS]->(e:Benchmark|Dataset|Model|Method)
WHERE p.id > $after AND p.id <= $until
RETURN p.id AS paper, type(r) AS relation, e.id AS entity, r.evidence AS evidence, r.field AS field,
  r.start AS start, r.`end` AS `end`, r.`by` AS `by`
ORDER BY paper, relation, entity
