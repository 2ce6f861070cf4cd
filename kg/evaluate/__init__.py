"""Measuring extraction against annotated papers."""

from kg.evaluate.report import Cause, Report, Score, evaluate, read_annotations

__all__ = ["Cause", "Report", "Score", "evaluate", "read_annotations"]
