// answers: Venues at which a paper was published, the first edition first
// parameter paper (string): the paper's key
// column id (string): id of the venue
// column name (string): its name
// column edition (integer): year of the edition, as far as known
// example: paper = 2210.07316
MATCH (p:Paper {id: $paper})-[r:PUBLISHED_IN]->(v:Venue)
RETURN v.id AS id, v.name AS name, r.year AS edition
ORDER BY coalesce(edition, 9999), id
