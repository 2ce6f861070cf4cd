// holds: The paper was first published in a given year or earlier
// parameter until (integer): the year
// example: until = 2022
WHERE p.year <= $until
