"""citegraph: a knowledge graph of papers, benchmarks, models, methods and code, with the sentence behind every edge."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("citegraph")
except PackageNotFoundError:
    __version__ = "0"
