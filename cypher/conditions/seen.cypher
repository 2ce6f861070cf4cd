// holds: The paper came into the archive on a date or later
// parameter seen (string): the date, ISO 8601
// example: seen = 2025-11-01
WHERE p.first_seen >= $seen
