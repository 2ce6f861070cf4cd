// holds: The paper has any relation to an entity
// parameter entity (string): id of the entity
// relations: INTRODUCES, EVALUATES_ON, TRAINS_ON, EVALUATES, COMPARES_WITH, USES, MENTIONS
// example: entity = benchmark/mteb
MATCH (p)-[:INTRODUCES|EVALUATES_ON|TRAINS_ON|EVALUATES|COMPARES_WITH|USES|MENTIONS]->(:Benchmark|Dataset|Model|Method {id: $entity})
