// answers: Number of nodes of each type
// column label (string): type of node
// column nodes (integer): number of nodes
OPTIONAL MATCH (n:Paper)
WITH count(n) AS papers
OPTIONAL MATCH (n:Author)
WITH papers, count(n) AS authors
OPTIONAL MATCH (n:Organization)
WITH papers, authors, count(n) AS organizations
OPTIONAL MATCH (n:Venue)
WITH papers, authors, organizations, count(n) AS venues
OPTIONAL MATCH (n:Category)
WITH papers, authors, organizations, venues, count(n) AS categories
OPTIONAL MATCH (n:Benchmark)
WITH papers, authors, organizations, venues, categories, count(n) AS benchmarks
OPTIONAL MATCH (n:Dataset)
WITH papers, authors, organizations, venues, categories, benchmarks, count(n) AS datasets
OPTIONAL MATCH (n:Model)
WITH papers, authors, organizations, venues, categories, benchmarks, datasets, count(n) AS models
OPTIONAL MATCH (n:Method)
WITH papers, authors, organizations, venues, categories, benchmarks, datasets, models, count(n) AS methods
OPTIONAL MATCH (n:Task)
WITH papers, authors, organizations, venues, categories, benchmarks, datasets, models, methods, count(n) AS tasks
OPTIONAL MATCH (n:Repository)
WITH papers, authors, organizations, venues, categories, benchmarks, datasets, models, methods, tasks, count(n) AS repositories
OPTIONAL MATCH (n:Result)
WITH papers, authors, organizations, venues, categories, benchmarks, datasets, models, methods, tasks, repositories, count(n) AS results
UNWIND ['Paper', 'Author', 'Organization', 'Venue', 'Category', 'Benchmark', 'Dataset', 'Model', 'Method', 'Task', 'Repository', 'Result'] AS label
WITH label,
  CASE label
    WHEN 'Paper' THEN papers
    WHEN 'Author' THEN authors
    WHEN 'Organization' THEN organizations
    WHEN 'Venue' THEN venues
    WHEN 'Category' THEN categories
    WHEN 'Benchmark' THEN benchmarks
    WHEN 'Dataset' THEN datasets
    WHEN 'Model' THEN models
    WHEN 'Method' THEN methods
    WHEN 'Task' THEN tasks
    WHEN 'Repository' THEN repositories
    WHEN 'Result' THEN results
  END AS nodes
RETURN label, nodes
ORDER BY nodes DESC, label
