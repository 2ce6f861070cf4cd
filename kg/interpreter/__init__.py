"""Runs statements where the engine that holds the graph only matches patterns."""
