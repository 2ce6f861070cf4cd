"""The functions that an untrusted statement may call, whichever engine runs it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function of Neo4j's Cypher 5."""

    name: str
    """As Neo4j spells it; a statement may write it in any case."""
    least: int
    """Arguments that it needs."""
    most: int
    """Arguments that it takes at most."""
    aggregate: bool = False
    """Whether it is calculated over several rows."""

    @property
    def arity(self) -> str:
        """How many arguments it takes, as people write it: `1`, `2 to 3`."""
        return f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"


_OF_GRAPHS = (
    Function("type", 1, 1),
    Function("labels", 1, 1),
    Function("id", 1, 1),
    Function("elementId", 1, 1),
    Function("keys", 1, 1),
    Function("properties", 1, 1),
    Function("startNode", 1, 1),
    Function("endNode", 1, 1),
    Function("nodes", 1, 1),
    Function("relationships", 1, 1),
    Function("length", 1, 1),
)
_OF_LISTS = (
    Function("size", 1, 1),
    Function("coalesce", 1, 100),
    Function("nullIf", 2, 2),
    Function("head", 1, 1),
    Function("last", 1, 1),
    Function("tail", 1, 1),
    Function("reverse", 1, 1),
    Function("isEmpty", 1, 1),
    Function("range", 2, 3),
)
_OF_TEXTS = (
    Function("toUpper", 1, 1),
    Function("upper", 1, 1),
    Function("toLower", 1, 1),
    Function("lower", 1, 1),
    Function("trim", 1, 1),
    Function("ltrim", 1, 2),
    Function("rtrim", 1, 2),
    Function("btrim", 1, 2),
    Function("left", 2, 2),
    Function("right", 2, 2),
    Function("substring", 2, 3),
    Function("replace", 3, 3),
    Function("split", 2, 2),
    Function("char_length", 1, 1),
    Function("character_length", 1, 1),
    Function("normalize", 1, 2),
)
_BETWEEN_TYPES = (
    Function("toString", 1, 1),
    Function("toInteger", 1, 1),
    Function("toFloat", 1, 1),
    Function("toBoolean", 1, 1),
    Function("toStringOrNull", 1, 1),
    Function("toIntegerOrNull", 1, 1),
    Function("toFloatOrNull", 1, 1),
    Function("toBooleanOrNull", 1, 1),
    Function("toStringList", 1, 1),
    Function("toIntegerList", 1, 1),
    Function("toFloatList", 1, 1),
    Function("toBooleanList", 1, 1),
    Function("valueType", 1, 1),
)
_OF_NUMBERS = (
    Function("abs", 1, 1),
    Function("sign", 1, 1),
    Function("ceil", 1, 1),
    Function("floor", 1, 1),
    Function("round", 1, 3),
    Function("sqrt", 1, 1),
    Function("exp", 1, 1),
    Function("log", 1, 1),
    Function("log10", 1, 1),
    Function("e", 0, 0),
    Function("pi", 0, 0),
    Function("sin", 1, 1),
    Function("cos", 1, 1),
    Function("tan", 1, 1),
    Function("cot", 1, 1),
    Function("asin", 1, 1),
    Function("acos", 1, 1),
    Function("atan", 1, 1),
    Function("atan2", 2, 2),
    Function("degrees", 1, 1),
    Function("radians", 1, 1),
    Function("haversin", 1, 1),
    Function("isNaN", 1, 1),
)
_OF_TIME = (
    Function("date", 0, 1),
    Function("datetime", 0, 1),
    Function("localdatetime", 0, 1),
    Function("duration", 1, 1),
    Function("timestamp", 0, 0),
)
_OVER_ROWS = (
    Function("count", 1, 1, aggregate=True),
    Function("sum", 1, 1, aggregate=True),
    Function("avg", 1, 1, aggregate=True),
    Function("min", 1, 1, aggregate=True),
    Function("max", 1, 1, aggregate=True),
    Function("collect", 1, 1, aggregate=True),
    Function("stDev", 1, 1, aggregate=True),
    Function("stDevP", 1, 1, aggregate=True),
    Function("percentileCont", 2, 2, aggregate=True),
    Function("percentileDisc", 2, 2, aggregate=True),
)

FUNCTIONS: Mapping[str, Function] = {
    function.name.lower(): function
    for function in (
        *_OF_GRAPHS,
        *_OF_LISTS,
        *_OF_TEXTS,
        *_BETWEEN_TYPES,
        *_OF_NUMBERS,
        *_OF_TIME,
        *_OVER_ROWS,
    )
}
"""All of them, by name in lower case."""
