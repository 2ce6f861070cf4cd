"""Measuring extraction against annotated papers."""

from kg.evaluate.calibration import Bin, Reliability, reliability
from kg.evaluate.report import MEASURES, Cause, Report, Score, evaluate, read_annotations

__all__ = [
    "MEASURES",
    "Bin",
    "Cause",
    "Reliability",
    "Report",
    "Score",
    "evaluate",
    "read_annotations",
    "reliability",
]
