"""Disjoint sets."""


class UnionFind:
    """Disjoint sets of strings; the smallest member stands for its set, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def copy(self) -> "UnionFind":
        """The same sets, which from here on grow by themselves."""
        other = UnionFind()
        other._parent = dict(self._parent)
        return other

    def find(self, item: str) -> str:
        """The member that stands for the set of `item`; itself where it was never joined."""
        root = item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, root)) != root:
            self._parent[item] = root
            item = parent
        return root

    def join(self, one: str, other: str) -> None:
        """Makes one set of two."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._parent[second] = first
