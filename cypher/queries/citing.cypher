// answers: Papers that cite a paper, those by reference first, then the newest
// parameter paper (string): key of the cited paper
// parameter limit (integer): rows at most
// column id (string): key of the citing paper
// column title (string): its title
// column year (integer): year of first publication
// column inferred (boolean): true if it has no reference to the cited paper, but uses what that one introduces
// example: paper = 2210.07316, limit = 20
MATCH (p:Paper)-[r:CITES]->(cited:Paper {id: $paper})
RETURN p.id AS id, p.title AS title, p.year AS year, r.inferred AS inferred
ORDER BY inferred, coalesce(year, 0) DESC, id
LIMIT $limit
