"""The HTTP service: the graph's questions as a read-only API, and pages for a browser."""

from api.app import create_app

__all__ = ["create_app"]
