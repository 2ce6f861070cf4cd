// answers: Title and abstract of all papers, page by page
// parameter after (string): id of the last paper of the page before; empty for the first page
// parameter limit (integer): rows at most
// column id (string): id of the paper
// column title (string): its title
// column abstract (string): its abstract
// example: after = 2300, limit = 10
MATCH (p:Paper)
WHERE p.id > $after
RETURN p.id AS id, p.title AS title, p.abstract AS abstract
ORDER BY id
LIMIT $limit
