// What an interrupted build of the same number left behind counts as old.
MATCH ()-[edge:`<<type>>`]->()
WHERE edge._build = $build
WITH edge LIMIT $batch
SET edge._build = -1
RETURN count(*) AS rows
