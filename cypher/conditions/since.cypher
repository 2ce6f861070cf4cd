// holds: The paper was published on a date or later
// parameter since (string): the date, ISO 8601: a day or a month
// example: since = 2023-05
WHERE p.published >= $since
