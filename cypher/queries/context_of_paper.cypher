// answers: Authors, organisations, tasks and repositories of a paper
// parameter paper (string): the paper's key
// column relation (string): edge type
// column id (string): id of the author, organisation, task or repository
// column name (string): its name
// column url (string): web address of a repository
// example: paper = 2210.07316
MATCH (p:Paper {id: $paper})-[r]->(n:Author|Organization|Task|Repository)
RETURN type(r) AS relation, n.id AS id, n.name AS name, n.url AS url
ORDER BY relation, coalesce(r.position, 0), id
