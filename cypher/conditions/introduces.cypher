// holds: The paper introduces an entity
// parameter entity (string): id of the entity
// relations: INTRODUCES
// example: entity = benchmark/mteb
MATCH (p)-[:INTRODUCES]->(:Benchmark|Dataset|Model|Method {id: $entity})
