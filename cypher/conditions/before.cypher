// holds: The paper was published before a date
// parameter before (string): the date, ISO 8601: a day or a month
// example: before = 2023-05
WHERE p.published < $before
