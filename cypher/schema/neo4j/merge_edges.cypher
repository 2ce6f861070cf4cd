UNWIND $rows AS row
MATCH (source:`<<source>>` {id: row.source})
MATCH (target:`<<target>>` {id: row.target})
MERGE (source)-[edge:`<<type>>`]->(target)
SET edge = row.properties, edge._build = $build
RETURN count(*) AS rows
