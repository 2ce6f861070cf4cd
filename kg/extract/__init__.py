"""Extraction: from title and abstract to entities, relations, links, results and tasks, with a spaCy pipeline."""

from kg.extract.confidence import confident
from kg.extract.pipeline import DEFAULT, PIPELINES, Extractor

__all__ = ["DEFAULT", "PIPELINES", "Extractor", "confident"]
