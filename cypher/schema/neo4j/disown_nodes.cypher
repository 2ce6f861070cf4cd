// What an interrupted build of the same number left behind counts as old.
MATCH (n:`<<label>>`)
WHERE n._build = $build
WITH n LIMIT $batch
SET n._build = -1
RETURN count(*) AS rows
