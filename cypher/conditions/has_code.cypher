// holds: The paper has a repository of its own
MATCH (p)-[:HAS_CODE]->(:Repository)
