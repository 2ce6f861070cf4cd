// holds: The paper builds on an entity or applies it; if it is a benchmark or dataset, evaluates or trains on it
// parameter entity (string): id of the entity
// relations: EVALUATES_ON, TRAINS_ON, USES
// example: entity = method/lora
MATCH (p)-[:EVALUATES_ON|TRAINS_ON|USES]->(:Benchmark|Dataset|Model|Method {id: $entity})
