"""The functions of Cypher that are calculated for one row."""

from collections.abc import Callable, Mapping
from typing import Any

from kg.interpreter.conversions import CONVERSIONS
from kg.interpreter.date_functions import DATE_FUNCTIONS
from kg.interpreter.graph_functions import GRAPH_FUNCTIONS
from kg.interpreter.list_functions import LIST_FUNCTIONS
from kg.interpreter.number_functions import NUMBER_FUNCTIONS
from kg.interpreter.text_functions import TEXT_FUNCTIONS

SCALARS: Mapping[str, Callable[..., Any]] = {
    **GRAPH_FUNCTIONS,
    **LIST_FUNCTIONS,
    **TEXT_FUNCTIONS,
    **CONVERSIONS,
    **NUMBER_FUNCTIONS,
    **DATE_FUNCTIONS,
}
"""By name in lower case: those of `kg.syntax.functions` but aggregates, and but `coalesce`, `startNode` and
`endNode`, which are in `evaluators`.

They take as many arguments as are listed there. Each raises NotUnderstoodError for arguments of the wrong type, and
RefusedError for what the embedded engine cannot do.
"""
