"""Counts the fields of a file's records, so that nothing that was not used goes unsaid."""

from collections import Counter
from typing import Any

_WATCHED = 20
"""How many records of each shape are watched: the others are read alike."""
_SHAPES = 1_000
_NAMES = 10_000


class FieldTally:
    """Which fields the records of a file have, and which of them somebody looked at."""

    def __init__(self) -> None:
        """Starts empty."""
        self.looked_at: set[str] = set()
        self._shapes: Counter[tuple[str, ...]] = Counter()
        self._names: Counter[str] = Counter()

    def watched(self, record: dict[str, Any]) -> dict[str, Any]:
        """Counts a record, and returns it; of each shape the first ones such that it is seen which fields are used."""
        shape = tuple(record)
        self._shapes[shape] += 1
        if len(self._shapes) > _SHAPES:
            self._fold()
        return _Watched(record, self.looked_at) if self._shapes[shape] <= _WATCHED else record

    def unused(self) -> dict[str, int]:
        """The fields that nobody looked at, each with the number of records that have it, the most frequent first."""
        self._fold()
        return {name: count for name, count in self._names.most_common() if name not in self.looked_at}

    def _fold(self) -> None:
        """Adds the shapes up, so that records of which each has other fields do not fill the memory."""
        for shape, count in self._shapes.items():
            for name in shape:
                if name in self._names or len(self._names) < _NAMES:
                    self._names[name] += count
        self._shapes.clear()


class _Watched(dict[str, Any]):
    """A record that notes which of its fields are looked at."""

    def __init__(self, record: dict[str, Any], looked_at: set[str]) -> None:
        super().__init__(record)
        self._looked_at = looked_at

    def __getitem__(self, name: str) -> Any:
        self._looked_at.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._looked_at.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._looked_at.add(name)
        return super().get(name, default)
