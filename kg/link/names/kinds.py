"""The two kinds of thing: what one evaluates or trains on, and what does the work."""

from kg.schema import DATA_LABELS

DATA, SYSTEM = "data", "system"


def kind_of(type_: str) -> str:
    """`data` for benchmarks and datasets, `system` for models and methods."""
    return DATA if type_ in DATA_LABELS else SYSTEM
