// holds: The paper reports an evaluation on a benchmark or dataset
// parameter entity (string): id of the entity
// relations: EVALUATES_ON
// example: entity = benchmark/mteb
MATCH (p)-[:EVALUATES_ON]->(:Benchmark|Dataset|Model|Method {id: $entity})
