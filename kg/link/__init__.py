"""Linking: which records are one paper, which names are one thing, the graph that follows, and why."""

from kg.link.explain import Apart, Cause, Explanation, Explanations, Joined, Reason, explain
from kg.link.graph import link

__all__ = ["Apart", "Cause", "Explanation", "Explanations", "Joined", "Reason", "explain", "link"]
