"""Linking: which records are one paper, which names mean one entity, the graph that follows, and why."""

from kg.link.analysis import Analysis
from kg.link.analysis_cache import AnalysisCache
from kg.link.explain import Explanation, Explanations, JoinedForm, LinkCause, OtherEntity, Reason, explain_name
from kg.link.linking import LinkedGraph, link_analysis
from kg.link.papers.paper_explanation import PaperExplanation
from kg.link.redirects import add_former_ids, find_redirects, keys_of_names
from kg.link.version import LINKING_VERSION

__all__ = [
    "LINKING_VERSION",
    "Analysis",
    "AnalysisCache",
    "Explanation",
    "Explanations",
    "JoinedForm",
    "LinkCause",
    "LinkedGraph",
    "OtherEntity",
    "PaperExplanation",
    "Reason",
    "add_former_ids",
    "explain_name",
    "find_redirects",
    "keys_of_names",
    "link_analysis",
]
