// answers: Papers by the number of papers in the graph whose references name them; inferred citations are not counted
// parameter since (integer): first year of the cited papers; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column citing (integer): number of papers with a reference to it
// example: since = 0, until = 9999, limit = 10
MATCH (p:Paper)<-[:CITES {inferred: false}]-(q:Paper)
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN p.id AS id, p.title AS title, p.year AS year, count(DISTINCT q) AS citing
ORDER BY citing DESC, id
LIMIT $limit
