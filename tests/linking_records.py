"""Extractions to link, made by hand."""

from collections.abc import Iterable
from typing import Any

from kg.schema import Entity, Extraction, Mention, Relation


def entity(
    name: str,
    type_: str = "Method",
    *others: str,
    relation: str = "USES",
    confidence: float = 0.9,
    evidence: str = "It says so.",
) -> Entity:
    """A named thing with one relation; `others` are further forms in the same paper, empty ones left out."""
    forms = [name, *filter(None, others)]
    return Entity.model_validate(
        {
            "name": name,
            "type": type_,
            "mentions": [Mention(text=form, field="abstract", start=0, end=len(form)) for form in forms],
            "relations": [
                Relation.model_validate(
                    {
                        "type": relation,
                        "confidence": confidence,
                        "by": "test",
                        "evidence": evidence,
                        "field": "abstract",
                        "start": 0,
                        "end": len(evidence),
                    }
                )
            ],
        }
    )


def extraction(identifier: str, *entities: Entity, **fields: Any) -> Extraction:
    """A paper in which these were found."""
    return Extraction.model_validate(
        {"id": identifier, "title": f"Findings on matter number {identifier}", "entities": entities, **fields}
    )


def papers_with(entities: Iterable[Entity], first: int = 1) -> list[Extraction]:
    """One paper for each entity."""
    return [extraction(f"2401.{number:05}", found) for number, found in enumerate(entities, first)]
