// The graph now shows this build.
// Archives that share a server may give their builds the same number, but not at the same time.
MATCH (n:Paper)
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT 1
SET n._finished = timestamp(), n._build = $build, n._schema = $schema
RETURN count(*) AS rows
