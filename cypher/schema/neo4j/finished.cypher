MATCH (n:Paper)
WHERE n.id > ''
RETURN n._finished AS build, CASE WHEN n._finished IS NULL THEN NULL ELSE n._build END AS number
ORDER BY n.id
LIMIT 1
