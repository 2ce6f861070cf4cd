// answers: Authors by the number of papers in their largest group: papers of one name without a common co-author or organisation may be several people's
// parameter since (integer): first year; 0 for any, also an unknown one
// parameter until (integer): last year
// parameter limit (integer): rows at most
// column id (string): id of the author
// column name (string): the author's name
// column papers (integer): number of papers in the largest group
// column under_name (integer): number of all papers under this name
// column groups (integer): number of groups that these are in
// example: since = 0, until = 9999, limit = 10
MATCH (p:Paper)-[r:AUTHORED_BY]->(a:Author)
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
WITH a, coalesce(r.`group`, 1) AS number, count(p) AS papers
WITH a, max(papers) AS papers, sum(papers) AS under_name, count(number) AS groups
ORDER BY papers DESC, a.id LIMIT $limit
RETURN a.id AS id, a.name AS name, papers, under_name, groups
ORDER BY papers DESC, id
