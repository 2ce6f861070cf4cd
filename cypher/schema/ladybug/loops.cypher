// Types of the edges that begin and end at one node.
MATCH (a)-[r]->(b)
WHERE id(a) = id(b)
RETURN DISTINCT label(r) AS type
