"""Disjoint sets."""

from typing import Generic, TypeVar

Item = TypeVar("Item", str, tuple[str, str])


class UnionFind(Generic[Item]):
    """Disjoint sets; the smallest member stands for its set, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._parent: dict[Item, Item] = {}

    def copy(self) -> "UnionFind[Item]":
        """The same sets, which from here on grow by themselves."""
        other: UnionFind[Item] = UnionFind()
        other._parent = dict(self._parent)
        return other

    def find(self, item: Item) -> Item:
        """The member that stands for the set of `item`; itself where it was never joined."""
        root = self._parent.get(item, item)
        if root is item or root == item:
            return item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, root)) != root:
            self._parent[item] = root
            item = parent
        return root

    def join(self, one: Item, other: Item) -> None:
        """Makes one set of two."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._parent[second] = first
