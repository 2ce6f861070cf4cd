// answers: Figures of the papers between two ids, with the sentences that state them
// parameter after (string): id of the paper before the first
// parameter until (string): id of the last paper
// column paper (string): id of the paper
// column result (string): id of the result
// column value (string): figure as written
// column evidence (string): the sentence that states it
// column field (string): title or abstract
// column start (integer): offset of the figure in the field, in characters
// column end (integer): offset after the figure
// example: after = 2300, until = 2500
MATCH (p:Paper)-[:REPORTS]->(f:Result)
WHERE p.id > $after AND p.id <= $until
RETURN p.id AS paper, f.id AS result, f.value AS value, f.evidence AS evidence, f.field AS field,
  f.start AS start, f.`end` AS `end`
ORDER BY paper, result
