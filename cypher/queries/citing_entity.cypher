// answers: Papers that cite a paper that introduces an entity, those by reference first, then the newest
// parameter entity (string): id of the entity
// parameter limit (integer): rows at most
// column id (string): key of the citing paper
// column title (string): its title
// column year (integer): year of first publication
// column inferred (boolean): true if it has no reference to the cited paper, but uses what that one introduces
// column cited (string): key of the cited paper
// example: entity = benchmark/mteb, limit = 20
MATCH (e:Benchmark|Dataset|Model|Method {id: $entity})<-[:INTRODUCES]-(origin:Paper)<-[r:CITES]-(p:Paper)
RETURN p.id AS id, p.title AS title, p.year AS year, r.inferred AS inferred, origin.id AS cited
ORDER BY inferred, coalesce(year, 0) DESC, id, cited
LIMIT $limit
