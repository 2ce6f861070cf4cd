// What an interrupted build with the same number wrote counts as old.
MATCH (n:`<<label>>`)
WHERE n._build = $build
WITH n LIMIT $batch
SET n._build = -1
RETURN count(*) AS rows
