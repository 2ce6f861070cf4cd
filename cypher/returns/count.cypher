// answers: The number of papers
// column papers (integer): number of papers
RETURN count(p) AS papers
ORDER BY papers
