"""Linking: which records are one paper, which names are one thing, the graph that follows, and why."""

from kg.link.analysis import Analysis, fingerprint
from kg.link.analysis_cache import KeptAnalysis
from kg.link.explain import Apart, Cause, Explanation, Explanations, Joined, Reason, explain
from kg.link.graph import Linked, link_analysis
from kg.link.redirects import names, redirects, with_former

__all__ = [
    "Analysis",
    "Apart",
    "Cause",
    "Explanation",
    "Explanations",
    "Joined",
    "KeptAnalysis",
    "Linked",
    "Reason",
    "explain",
    "fingerprint",
    "link_analysis",
    "names",
    "redirects",
    "with_former",
]
