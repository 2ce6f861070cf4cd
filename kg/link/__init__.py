"""Linking: which records are one paper, which names are one thing, and the graph that follows."""

from kg.link.graph import link

__all__ = ["link"]
