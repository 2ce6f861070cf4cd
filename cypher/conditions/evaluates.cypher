// holds: The paper makes a model or method its object of study
// parameter entity (string): id of the entity
// relations: EVALUATES
// example: entity = model/gpt-3
MATCH (p)-[:EVALUATES]->(:Benchmark|Dataset|Model|Method {id: $entity})
