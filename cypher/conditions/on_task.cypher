// holds: The paper addresses a research task
// parameter task (string): id of the task
// example: task = task/text-embedding
MATCH (p)-[:ADDRESSES]->(:Task {id: $task})
