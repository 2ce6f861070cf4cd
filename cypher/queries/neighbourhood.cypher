// answers: Edges of a node, in both directions, the most informative types first
// parameter node (string): id of the node
// parameter limit (integer): rows at most
// column source (string): id of the node that the edge leaves
// column source_name (string): its name, title or figure
// column relation (string): edge type
// column target (string): id of the node that it goes to
// column target_name (string): its name, title or figure
// column evidence (string): the sentence that says so
// column confidence (number): 0 to 1
// column by (string): the rule or model that found it
// column inferred (boolean): true for a citation without a reference
// example: node = benchmark/mteb, limit = 20
UNWIND [true, false] AS outgoing
MATCH (n:Paper|Author|Organization|Venue|Category|Benchmark|Dataset|Model|Method|Task|Repository|Result {id: $node})
OPTIONAL MATCH (n)-[o]->(t) WHERE outgoing
OPTIONAL MATCH (s)-[i]->(n) WHERE NOT outgoing AND s.id <> $node
WITH n, o, t, i, s, coalesce(t.id, s.id) AS other
WHERE other IS NOT NULL
RETURN coalesce(s.id, n.id) AS source, coalesce(s.title, s.name, s.value, n.title, n.name, n.value) AS source_name,
  coalesce(type(o), type(i)) AS relation,
  coalesce(t.id, n.id) AS target, coalesce(t.title, t.name, t.value, n.title, n.name, n.value) AS target_name,
  coalesce(o.evidence, i.evidence) AS evidence, coalesce(o.confidence, i.confidence) AS confidence,
  coalesce(o.by, i.by) AS by, coalesce(o.inferred, i.inferred) AS inferred
ORDER BY
  CASE relation
    WHEN 'INTRODUCES' THEN 1
    WHEN 'HAS_CODE' THEN 2
    WHEN 'VARIANT_OF' THEN 3
    WHEN 'EVALUATES_ON' THEN 4
    WHEN 'TRAINS_ON' THEN 5
    WHEN 'EVALUATES' THEN 6
    WHEN 'COMPARES_WITH' THEN 7
    WHEN 'USES' THEN 8
    WHEN 'ADDRESSES' THEN 9
    WHEN 'MENTIONS' THEN 11
    ELSE 10
  END, coalesce(confidence, 0.0) DESC, relation, source DESC, target DESC
LIMIT $limit
