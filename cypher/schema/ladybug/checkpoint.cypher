// Moves everything into the database file, so that readers need no write-ahead log.
CHECKPOINT
