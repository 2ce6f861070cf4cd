// answers: Versions, sizes and descendants of a model or benchmark, and what it is a variant of itself
// parameter entity (string): id of the model or benchmark
// parameter limit (integer): rows at most
// column id (string): id of the other
// column name (string): its name
// column type (string): Benchmark or Model
// column papers (integer): number of papers with a relation to it
// column variant (boolean): true where it is a variant of the entity, false where the entity is one of it
// example: entity = model/llama-2, limit = 20
MATCH (v:Benchmark|Model)-[:VARIANT_OF]->(e:Benchmark|Model)
WHERE e.id = $entity OR v.id = $entity
WITH CASE WHEN e.id = $entity THEN v ELSE e END AS other, e.id = $entity AS variant
RETURN other.id AS id, other.name AS name, other.type AS type, other.papers AS papers, variant
ORDER BY variant, coalesce(papers, 0) DESC, id
LIMIT $limit
