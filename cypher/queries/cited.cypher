// answers: Papers that a paper cites, those by reference first, then the newest
// parameter paper (string): key of the citing paper
// parameter limit (integer): rows at most
// column id (string): key of the cited paper
// column title (string): its title
// column year (integer): year of first publication
// column inferred (boolean): true if the paper has no reference to it, but uses what it introduces
// example: paper = 2402.09906, limit = 20
MATCH (citing:Paper {id: $paper})-[r:CITES]->(p:Paper)
RETURN p.id AS id, p.title AS title, p.year AS year, r.inferred AS inferred
ORDER BY inferred, coalesce(year, 0) DESC, id
LIMIT $limit
