// answers: Authors of a paper, in its order where that is known
// parameter paper (string): the paper's key
// column id (string): id of the author
// column name (string): the author's name
// column position (integer): place in the paper's list of authors, from 1
// example: paper = 2210.07316
MATCH (p:Paper {id: $paper})-[r:AUTHORED_BY]->(a:Author)
RETURN a.id AS id, a.name AS name, r.position AS position
ORDER BY coalesce(position, 0), name, id
