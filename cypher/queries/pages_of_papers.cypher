// answers: All papers, page by page, with the number of papers that have a reference to each
// parameter after (string): id of the last paper of the page before; empty for the first page
// parameter limit (integer): rows at most
// column id (string): id of the paper
// column label (string): Paper
// column name (string): its title
// column keys (strings): normal forms of its ids and title
// column papers (integer): number of papers that have a reference to it
// example: after = 2400, limit = 10
MATCH (n:Paper)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
OPTIONAL MATCH (n)<-[:CITES {inferred: false}]-(p:Paper)
RETURN n.id AS id, 'Paper' AS label, n.title AS name, n.keys AS keys, count(DISTINCT p) AS papers
ORDER BY id
