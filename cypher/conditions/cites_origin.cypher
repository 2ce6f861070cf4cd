// holds: The paper cites a paper that introduces an entity
// parameter entity (string): id of the entity
// example: entity = benchmark/mteb
MATCH (p)-[:CITES]->(:Paper)-[:INTRODUCES]->(:Benchmark|Dataset|Model|Method {id: $entity})
