// answers: Repositories with the code of papers that have one of the given relations to an entity
// parameter entity (string): id of the entity
// parameter relations (strings): edge types; INTRODUCES for the entity's own code
// parameter limit (integer): rows at most
// column repository (string): name of the repository
// column url (string): its web address
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column relation (string): relation of the paper to the entity
// example: entity = benchmark/mteb, relations = INTRODUCES, EVALUATES_ON, limit = 20
MATCH (e:Benchmark|Dataset|Model|Method {id: $entity})<-[r]-(p:Paper)-[:HAS_CODE]->(c:Repository)
WHERE type(r) IN $relations
RETURN c.name AS repository, c.url AS url, p.id AS id, p.title AS title, p.year AS year, type(r) AS relation
ORDER BY coalesce(year, 0) DESC, id, repository, relation
LIMIT $limit
