// answers: Figures that a paper reports, in the order of its text
// parameter paper (string): the paper's key
// parameter limit (integer): rows at most
// column model (string): name of the model or method, if the text gives one
// column benchmark (string): name of the benchmark or dataset
// column metric (string): metric as written
// column value (string): figure as written
// column relative (boolean): a gain or drop rather than an absolute figure
// column evidence (string): the sentence that states it
// example: paper = 2402.09906, limit = 20
MATCH (p:Paper {id: $paper})-[:REPORTS]->(f:Result)-[:`ON`]->(b:Benchmark|Dataset)
OPTIONAL MATCH (f)-[:OF]->(m:Model|Method)
RETURN m.name AS model, b.name AS benchmark, f.metric AS metric, f.value AS value, f.relative AS relative,
  f.evidence AS evidence
ORDER BY CASE f.field WHEN 'title' THEN 0 ELSE 1 END, coalesce(f.start, 0), f.id, benchmark, coalesce(model, '')
LIMIT $limit
