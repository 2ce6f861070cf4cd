// holds: The paper trains on a benchmark or dataset, or derives something from it
// parameter entity (string): id of the entity
// relations: TRAINS_ON
// example: entity = dataset/c4
MATCH (p)-[:TRAINS_ON]->(:Benchmark|Dataset|Model|Method {id: $entity})
