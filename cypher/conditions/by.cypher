// holds: The paper was written by an author
// parameter author (string): id of the author
// example: author = author/niklas-muennighoff
MATCH (p)-[:AUTHORED_BY]->(:Author {id: $author})
