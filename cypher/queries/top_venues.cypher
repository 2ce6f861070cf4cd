// answers: Venues by their number of papers
// parameter since (integer): first year; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): id of the venue
// column name (string): its name
// column papers (integer): number of papers
// example: since = 0, until = 9999, limit = 10
MATCH (p:Paper)-[:PUBLISHED_IN]->(a:Venue)
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
WITH a, count(p) AS papers ORDER BY papers DESC, a.id LIMIT $limit
RETURN a.id AS id, a.name AS name, papers
ORDER BY papers DESC, id
