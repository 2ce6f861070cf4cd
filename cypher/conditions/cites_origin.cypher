// holds: The paper has a reference to a paper that introduces an entity
// parameter entity (string): id of the entity
// example: entity = benchmark/mteb
MATCH (p)-[:CITES {inferred: false}]->(:Paper)-[:INTRODUCES]->(:Benchmark|Dataset|Model|Method {id: $entity})
