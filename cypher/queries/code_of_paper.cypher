// answers: Repositories of a paper: its own code first, then others that it links to
// parameter paper (string): the paper's key
// parameter limit (integer): rows at most
// column repository (string): name of the repository
// column url (string): its web address
// column relation (string): HAS_CODE for the paper's own, LINKS_TO for any other
// example: paper = 2210.07316, limit = 20
MATCH (p:Paper {id: $paper})-[r:HAS_CODE|LINKS_TO]->(c:Repository)
RETURN c.name AS repository, c.url AS url, type(r) AS relation
ORDER BY relation, repository, url
LIMIT $limit
