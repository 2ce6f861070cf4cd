"""The HTTP service: a read-only API to the graph, and pages for a browser."""

from api.app import create_app

__all__ = ["create_app"]
