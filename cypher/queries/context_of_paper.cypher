// answers: Authors, organisations, venues, categories, tasks and repositories of a paper
// parameter paper (string): the paper's key
// column relation (string): edge type
// column id (string): id of the author, organisation, venue, category, task or repository
// column name (string): its name
// column url (string): web address of a repository
// column year (integer): year of the edition of a venue, as far as known
// example: paper = 2210.07316
MATCH (p:Paper {id: $paper})-[r]->(n:Author|Organization|Venue|Category|Task|Repository)
RETURN type(r) AS relation, n.id AS id, n.name AS name, n.url AS url, r.year AS year
ORDER BY relation, coalesce(r.position, 0), id
