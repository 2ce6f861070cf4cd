// answers: Authors of the papers, by the number of papers in the largest group: papers of one name without a common co-author or organisation may be several people's
// parameter without (strings): ids to leave out
// parameter limit (integer): rows at most
// column id (string): id of the author
// column name (string): its name
// column papers (integer): number of papers in the largest group
// column under_name (integer): number of all these papers under this name
// column groups (integer): number of groups that these are in
// example: without = , limit = 20
MATCH (p)-[w:AUTHORED_BY]->(n:Author)
WHERE NOT n.id IN $without
WITH n, coalesce(w.`group`, 1) AS number, count(DISTINCT p) AS papers
RETURN n.id AS id, n.name AS name, max(papers) AS papers, sum(papers) AS under_name, count(number) AS groups
ORDER BY papers DESC, id
LIMIT $limit
