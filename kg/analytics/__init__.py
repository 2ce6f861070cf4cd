"""Figures about the graph as a whole."""

from kg.analytics.graph_statistics import Statistics, statistics

__all__ = ["Statistics", "statistics"]
