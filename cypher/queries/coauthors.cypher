// answers: Co-authors of an author, those with the most papers together first
// parameter author (string): id of the author
// parameter limit (integer): rows at most
// column id (string): id of the other author
// column name (string): the other's name
// column papers (integer): number of papers together
// example: author = author/niklas-muennighoff, limit = 20
MATCH (a:Author {id: $author})<-[:AUTHORED_BY]-(p:Paper)-[:AUTHORED_BY]->(other:Author)
WHERE other.id <> $author
RETURN other.id AS id, other.name AS name, count(DISTINCT p) AS papers
ORDER BY papers DESC, id
LIMIT $limit
