"""Extraction: from title and abstract to entities, relations, links, results and tasks, with a spaCy pipeline."""

from kg.extract.pipeline import Extractor

__all__ = ["Extractor"]
