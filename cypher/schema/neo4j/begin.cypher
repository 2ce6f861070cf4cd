// Marks the graph as being written: it shows no build until the end. Does so only if it shows the expected build.
MATCH (n:Paper)
WHERE n._finished = coalesce($finished, n._finished)
REMOVE n._finished, n._schema
RETURN count(*) AS rows
