// answers: Papers published on a date or later, the newest first
// parameter since (string): the date, ISO 8601, day, month or year
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column published (string): date of publication, ISO 8601, as far as known
// example: since = 2024, limit = 20
MATCH (p:Paper)
WHERE p.published >= $since
RETURN p.id AS id, p.title AS title, p.published AS published
ORDER BY published DESC, id
LIMIT $limit
