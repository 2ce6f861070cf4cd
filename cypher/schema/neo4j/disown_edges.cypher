// What an interrupted build with the same number wrote counts as old.
MATCH ()-[edge:`<<type>>`]->()
WHERE edge._build = $build
WITH edge LIMIT $batch
SET edge._build = -1
RETURN count(*) AS rows
