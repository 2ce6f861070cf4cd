"""Entries of lists and tables of papers: in awesome lists, daily digests, pages of conferences."""
