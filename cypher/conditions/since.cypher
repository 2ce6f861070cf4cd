// holds: The paper was published on a date or later
// parameter since (string): the date, ISO 8601, day or month
// example: since = 2023-05
WHERE p.published >= $since
