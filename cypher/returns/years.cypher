// answers: The number of papers by year of first publication
// column year (integer): null if unknown, which comes last
// column papers (integer): number of papers
RETURN p.year AS year, count(p) AS papers
ORDER BY coalesce(year, 9999)
