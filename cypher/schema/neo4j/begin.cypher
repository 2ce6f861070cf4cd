// Until the end of the build there is no build to be read; the mark is gone only if it is the one that is expected.
MATCH (n:Paper)
WHERE n._finished = coalesce($finished, n._finished)
REMOVE n._finished
RETURN count(*) AS rows
