MATCH (n:Paper)
WHERE n.id > ''
RETURN n._finished AS build
ORDER BY n.id
LIMIT 1
