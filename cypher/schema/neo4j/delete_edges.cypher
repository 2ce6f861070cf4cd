UNWIND $rows AS row
MATCH (:`<<source>>` {id: row.source})-[edge:`<<type>>`]->(:`<<target>>` {id: row.target})
DELETE edge
