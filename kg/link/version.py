"""The version of linking."""

LINKING_VERSION = 3
"""Raised whenever the same extractions come to give another graph, or an analysis another meaning of its columns."""
