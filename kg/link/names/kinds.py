"""The two kinds of entity: data (benchmarks and datasets) and systems (models and methods)."""

from kg.schema import DATA_LABELS

DATA, SYSTEM = "data", "system"


def kind_of(type_: str) -> str:
    """`data` for a benchmark or dataset, `system` for a model or method."""
    return DATA if type_ in DATA_LABELS else SYSTEM
