// Only a finished build says its number and the version of its schema, which 0.1.0 did not write: it was the first.
MATCH (n:Paper)
WHERE n.id > ''
RETURN n._finished AS build,
       CASE WHEN n._finished IS NULL THEN NULL ELSE n._build END AS number,
       CASE WHEN n._finished IS NULL THEN NULL ELSE coalesce(n._schema, 1) END AS schema
ORDER BY n.id
LIMIT 1
