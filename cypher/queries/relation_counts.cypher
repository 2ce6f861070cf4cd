// answers: Number of papers by their relation to an entity
// parameter entity (string): id of the entity
// column relation (string): edge type
// column papers (integer): number of papers
// example: entity = benchmark/mteb
MATCH (p:Paper)-[r]->(e:Benchmark|Dataset|Model|Method {id: $entity})
RETURN type(r) AS relation, count(DISTINCT p) AS papers
ORDER BY papers DESC, relation
