// answers: Papers that introduce an entity, and where they were published
// parameter entity (string): id of the entity
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column title (string): its title
// column year (integer): year of first publication
// column venue (string): name of the venue, as far as known
// column edition (integer): year of the edition, as far as known
// example: entity = benchmark/mteb, limit = 20
MATCH (p:Paper)-[:INTRODUCES]->(e:Benchmark|Dataset|Model|Method {id: $entity})
OPTIONAL MATCH (p)-[r:PUBLISHED_IN]->(v:Venue)
RETURN p.id AS id, p.title AS title, p.year AS year, v.name AS venue, r.year AS edition
ORDER BY coalesce(year, 9999), id, coalesce(edition, 9999), coalesce(venue, '')
LIMIT $limit
