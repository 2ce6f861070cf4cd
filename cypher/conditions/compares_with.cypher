// holds: The paper takes a model or method as a baseline or rival
// parameter entity (string): id of the entity
// relations: COMPARES_WITH
// example: entity = model/sgpt
MATCH (p)-[:COMPARES_WITH]->(:Benchmark|Dataset|Model|Method {id: $entity})
