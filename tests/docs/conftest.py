from sample_store import sample_store  # noqa: F401
