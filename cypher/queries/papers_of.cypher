// answers: Papers of an author, organisation, venue or category, on a task, or with a repository, newest first
// parameter node (string): id of the author, organisation, venue, category, task or repository
// parameter since (integer): first year; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column relation (string): edge type
// example: node = author/niklas-muennighoff, since = 0, until = 9999, limit = 20
MATCH (p:Paper)-[r]->(n:Author|Organization|Venue|Category|Task|Repository {id: $node})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN p.id AS id, p.title AS title, p.year AS year, type(r) AS relation
ORDER BY coalesce(year, 0) DESC, id, relation
LIMIT $limit
