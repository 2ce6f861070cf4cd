// answers: Number of papers by year of first publication
// column year (integer): null if unknown, which comes last
// column papers (integer): number of papers
MATCH (p:Paper)
WHERE p.stub IS NULL
RETURN p.year AS year, count(p) AS papers
ORDER BY coalesce(year, 9999)
