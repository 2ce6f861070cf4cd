// answers: What builds on a model or method, in up to three steps: what papers that use it introduce
// parameter entity (string): id of the model or method
// parameter types (strings): types to return: Model, Method or both
// parameter limit (integer): rows at most
// column step (integer): number of papers between the two, 1 to 3
// column id (string): id of what builds on it
// column name (string): its name
// column type (string): Model or Method
// column papers (integer): number of papers with a relation to it
// column through (string): name of what it builds on directly
// column paper (string): key of the paper that says so: it introduces it and uses `through`
// column evidence (string): the sentence that says so
// example: entity = method/lora, types = Model, Method, limit = 20
MATCH (m:Model|Method {id: $entity})<-[u1:USES]-(p1)-[:INTRODUCES]->(x1)
WITH m.name AS name0, x1, p1.id AS paper1, u1.evidence AS evidence1
OPTIONAL MATCH (x1)<-[u2:USES]-(p2)-[:INTRODUCES]->(x2)
WITH name0, x1, paper1, evidence1, x2, p2.id AS paper2, u2.evidence AS evidence2
OPTIONAL MATCH (x2)<-[u3:USES]-(p3)-[:INTRODUCES]->(x3)
WITH name0, x1.id AS id1, x1.name AS name1, x1.type AS type1, x1.papers AS papers1, paper1, evidence1,
  x2.id AS id2, x2.name AS name2, x2.type AS type2, x2.papers AS papers2, paper2, evidence2,
  x3.id AS id3, x3.name AS name3, x3.type AS type3, x3.papers AS papers3, p3.id AS paper3, u3.evidence AS evidence3
UNWIND [1, 2, 3] AS step
WITH step, type1, type2,
  CASE step WHEN 1 THEN id1 WHEN 2 THEN id2 ELSE id3 END AS id,
  CASE step WHEN 1 THEN name1 WHEN 2 THEN name2 ELSE name3 END AS name,
  CASE step WHEN 1 THEN type1 WHEN 2 THEN type2 ELSE type3 END AS type,
  CASE step WHEN 1 THEN papers1 WHEN 2 THEN papers2 ELSE papers3 END AS papers,
  CASE step WHEN 1 THEN name0 WHEN 2 THEN name1 ELSE name2 END AS through,
  CASE step WHEN 1 THEN paper1 WHEN 2 THEN paper2 ELSE paper3 END AS paper,
  CASE step WHEN 1 THEN evidence1 WHEN 2 THEN evidence2 ELSE evidence3 END AS evidence
WHERE id IS NOT NULL AND id <> $entity AND name <> through AND type IN $types
  AND (step = 1 OR type1 IN ['Model', 'Method']) AND (step < 3 OR type2 IN ['Model', 'Method'])
RETURN min(step) AS step, id, name, type, papers, through, paper, evidence
ORDER BY step, papers DESC, id, through, paper
LIMIT $limit
