"""Graphs as pages: a neighbourhood drawn in one HTML file that needs no network."""

from kg.render.page import content_security_policy, render_html

__all__ = ["content_security_policy", "render_html"]
