"""Measuring extraction against annotated papers."""

from kg.evaluate.calibration import Bin, Reliability, reliability
from kg.evaluate.report import MEASURES, ErrorCause, Report, Score, evaluate, read_annotations

__all__ = [
    "MEASURES",
    "Bin",
    "ErrorCause",
    "Reliability",
    "Report",
    "Score",
    "evaluate",
    "read_annotations",
    "reliability",
]
