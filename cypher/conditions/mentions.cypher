// holds: The paper mentions an entity as background only
// parameter entity (string): id of the entity
// relations: MENTIONS
// example: entity = model/gpt-3
MATCH (p)-[:MENTIONS]->(:Benchmark|Dataset|Model|Method {id: $entity})
