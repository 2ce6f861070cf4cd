"""A small collection of well-known papers that travels with citegraph, for the demo and the tests."""

from pathlib import Path


def papers() -> Path:
    """The sample's records: JSON Lines, one paper a line."""
    return Path(__file__).with_name("papers.jsonl")
