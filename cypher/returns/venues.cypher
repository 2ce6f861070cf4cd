// answers: Venues of the papers, those with the most papers first
// parameter without (strings): ids to leave out
// parameter limit (integer): rows at most
// column id (string): id of the venue
// column name (string): its name
// column papers (integer): number of papers
// example: without = , limit = 20
MATCH (p)-[:PUBLISHED_IN]->(n:Venue)
WHERE NOT n.id IN $without
RETURN n.id AS id, n.name AS name, count(DISTINCT p) AS papers
ORDER BY papers DESC, id
LIMIT $limit
