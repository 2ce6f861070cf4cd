"""Extraction: from title and abstract to entities, relations, links, results and tasks, with a spaCy pipeline."""

from kg.extraction.pipeline import DEFAULT, PIPELINES, Extractor, pipeline_name, pipeline_version
from kg.schema import confident

__all__ = ["DEFAULT", "PIPELINES", "Extractor", "confident", "pipeline_name", "pipeline_version"]
