// answers: The papers' own repositories, those of the newest papers first
// parameter limit (integer): rows at most
// column repository (string): name of the repository
// column url (string): its web address
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// example: limit = 20
MATCH (p)-[:HAS_CODE]->(c:Repository)
RETURN c.name AS repository, c.url AS url, p.id AS id, p.title AS title, p.year AS year
ORDER BY coalesce(year, 0) DESC, id, repository
LIMIT $limit
