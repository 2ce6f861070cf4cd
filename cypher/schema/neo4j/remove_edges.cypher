MATCH ()-[edge:`<<type>>`]->()
WHERE edge._build <> $build
WITH edge LIMIT $batch
DELETE edge
RETURN count(*) AS rows
