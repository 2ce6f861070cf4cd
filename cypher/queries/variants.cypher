// answers: Versions, sizes and other variants of a model or benchmark, and what it is itself a variant of
// parameter entity (string): id of the model or benchmark
// parameter limit (integer): rows at most
// column id (string): id of the other
// column name (string): its name
// column type (string): Benchmark or Model
// column papers (integer): number of papers with a relation to it
// column variant (boolean): true if it is a variant of the entity, false if the entity is a variant of it
// example: entity = model/llama-2, limit = 20
MATCH (e:Benchmark|Model {id: $entity})-[:VARIANT_OF]-(other:Benchmark|Model)
WITH DISTINCT e, other
RETURN other.id AS id, other.name AS name, other.type AS type, other.papers AS papers,
  EXISTS { MATCH (other)-[:VARIANT_OF]->(e) } AS variant
ORDER BY variant, coalesce(papers, 0) DESC, id
LIMIT $limit
