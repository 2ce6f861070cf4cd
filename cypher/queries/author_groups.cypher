// answers: How many people names of authors may be: the groups of their papers without a common co-author or organisation
// parameter authors (strings): ids of authors
// parameter limit (integer): rows at most
// column id (string): id of the author
// column name (string): the author's name
// column papers (integer): number of papers under this name
// column groups (integer): number of groups that these are in
// column largest (integer): number of papers in the largest group
// example: authors = author/niklas-muennighoff, limit = 10
MATCH (p:Paper)-[:AUTHORED_BY]->(a:Author)
WHERE a.id IN $authors
WITH a, count(DISTINCT p) AS papers
RETURN a.id AS id, a.name AS name, papers, coalesce(a.groups, 1) AS groups, coalesce(a.largest, papers) AS largest
ORDER BY id
LIMIT $limit
