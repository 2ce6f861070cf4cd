// answers: Co-authors of an author, those with the most papers together first, with the group of the author's papers that they are in
// parameter author (string): id of the author
// parameter limit (integer): rows at most
// column id (string): id of the other author
// column name (string): the other's name
// column papers (integer): number of papers together
// column group (integer): number of the group of the author's papers, 1 is the largest; different groups may be different people
// column groups (integer): number of groups of the author's papers
// example: author = author/niklas-muennighoff, limit = 20
MATCH (a:Author {id: $author})<-[r:AUTHORED_BY]-(p:Paper)-[:AUTHORED_BY]->(other:Author)
WHERE other.id <> $author
RETURN other.id AS id, other.name AS name, count(DISTINCT p) AS papers, coalesce(r.`group`, 1) AS `group`,
  coalesce(a.groups, 1) AS groups
ORDER BY papers DESC, `group`, id
LIMIT $limit
