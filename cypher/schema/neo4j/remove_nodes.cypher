MATCH (n:`<<label>>`)
WHERE n._build <> $build
WITH n LIMIT $batch
DETACH DELETE n
RETURN count(*) AS rows
