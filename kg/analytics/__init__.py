"""Statistics of the whole graph."""

from kg.analytics.graph_statistics import Statistics, statistics

__all__ = ["Statistics", "statistics"]
