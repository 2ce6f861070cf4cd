// holds: The paper was published in a venue's edition of a year; where the edition is unknown, the paper's year counts
// parameter venue (string): id of the venue
// parameter edition (integer): the year
// example: venue = venue/iclr, edition = 2022
WHERE EXISTS { MATCH (p)-[e:PUBLISHED_IN]->(:Venue {id: $venue}) WHERE coalesce(e.year, p.year) = $edition }
