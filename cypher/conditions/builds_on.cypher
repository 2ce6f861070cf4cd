// holds: The paper builds on an entity or applies it; if it is a benchmark or dataset, trains on it
// parameter entity (string): id of the entity
// relations: TRAINS_ON, USES
// example: entity = method/lora
MATCH (p)-[:TRAINS_ON|USES]->(:Benchmark|Dataset|Model|Method {id: $entity})
