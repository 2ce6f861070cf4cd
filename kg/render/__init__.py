"""Draws neighbourhoods as HTML files that need no network."""

from kg.render.page import content_security_policy, render_html

__all__ = ["content_security_policy", "render_html"]
