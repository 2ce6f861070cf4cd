"""Text facts without NLP: comparison keys of names and titles, paper identifiers, markup."""
