// answers: Papers that came into the archive on a date or later, the latest first
// parameter since (string): the date, ISO 8601
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column first_seen (string): when its first record was read, ISO 8601, UTC
// example: since = 2025-11-01, limit = 20
MATCH (p:Paper)
WHERE p.first_seen >= $since
RETURN p.id AS id, p.title AS title, p.year AS year, p.first_seen AS first_seen
ORDER BY first_seen DESC, id
LIMIT $limit
