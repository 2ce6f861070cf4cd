// answers: Benchmarks and datasets that papers evaluate on together with a given one, those with the most papers first
// parameter benchmark (string): id of the benchmark or dataset
// parameter limit (integer): rows at most
// column id (string): id of the other benchmark or dataset
// column name (string): its name
// column type (string): Benchmark or Dataset
// column papers (integer): number of papers that evaluate on both
// column share (number): their share, 0 to 1, of all papers that evaluate on the other
// example: benchmark = benchmark/gsm8k, limit = 20
MATCH (b:Benchmark|Dataset {id: $benchmark})<-[:EVALUATES_ON]-(p:Paper)-[:EVALUATES_ON]->(e:Benchmark|Dataset)
WHERE e.id <> $benchmark
WITH e, count(DISTINCT p) AS papers
ORDER BY papers DESC, e.id
LIMIT $limit
MATCH (e)<-[:EVALUATES_ON]-(q:Paper)
RETURN e.id AS id, e.name AS name, e.type AS type, papers, 1.0 * papers / count(DISTINCT q) AS share
ORDER BY papers DESC, id
