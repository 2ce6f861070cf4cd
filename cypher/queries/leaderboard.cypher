// answers: Figures reported on a benchmark or dataset, by metric; absolute figures before gains and drops, highest first
// parameter benchmark (string): id of the benchmark or dataset
// parameter limit (integer): rows at most
// column model (string): name of the model or method, if the text gives one
// column metric (string): metric as written
// column value (string): figure as written
// column number (number): the figure as a number
// column relative (boolean): a gain or drop rather than an absolute figure
// column id (string): key of the paper that reports it
// column title (string): its title
// column year (integer): year of first publication
// column evidence (string): the sentence that states it
// example: benchmark = benchmark/mteb, limit = 20
MATCH (b:Benchmark|Dataset {id: $benchmark})<-[:`ON`]-(f:Result)<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (f)-[:OF]->(m:Model|Method)
RETURN m.name AS model, f.metric AS metric, f.value AS value, f.number AS number, f.relative AS relative, p.id AS id,
  p.title AS title, p.year AS year, f.evidence AS evidence
ORDER BY coalesce(metric, ''), coalesce(relative, false), coalesce(number, 0.0) DESC, f.id, coalesce(model, '')
LIMIT $limit
