"""Leaving out relations whose confidence is too low."""

from kg.schema.records import Extraction


def confident(extraction: Extraction, least: float) -> Extraction:
    """The extraction without relations of less confidence than `least` (0 to 1), and entities that have no other."""
    if least <= 0:
        return extraction
    entities = []
    for entity in extraction.entities:
        relations = tuple(relation for relation in entity.relations if relation.confidence >= least)
        if relations:
            entities.append(entity.model_copy(update={"relations": relations}))
    return extraction.model_copy(update={"entities": tuple(entities)})
