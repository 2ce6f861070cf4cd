// holds: The paper was published at a venue
// parameter venue (string): id of the venue
// example: venue = venue/iclr
MATCH (p)-[:PUBLISHED_IN]->(:Venue {id: $venue})
