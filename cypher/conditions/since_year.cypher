// holds: The paper was first published in a given year or later
// parameter since (integer): the year
// example: since = 2023
WHERE p.year >= $since
