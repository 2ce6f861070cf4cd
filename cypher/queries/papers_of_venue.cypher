// answers: Papers published at a venue, the latest editions first
// parameter venue (string): id of the venue
// parameter since (integer): first year of the edition, or of the paper where that is unknown; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column edition (integer): year of the edition, as far as known
// example: venue = venue/iclr, since = 0, until = 9999, limit = 20
MATCH (p:Paper)-[r:PUBLISHED_IN]->(v:Venue {id: $venue})
WHERE coalesce(r.year, p.year, 0) >= $since AND coalesce(r.year, p.year, 0) <= $until
RETURN p.id AS id, p.title AS title, p.year AS year, r.year AS edition
ORDER BY coalesce(edition, year, 0) DESC, id
LIMIT $limit
