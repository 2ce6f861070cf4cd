// Everything into the one database file: a reader needs no write-ahead log.
CHECKPOINT
