"""Union-find: groups of items that grow by joining (Galler and Fischer, 1964), with path compression."""

from typing import Generic, TypeVar

_Item = TypeVar("_Item", int, str, tuple[str, str])


class UnionFind(Generic[_Item]):
    """Disjoint groups of items. The smallest member represents its group, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._parent: dict[_Item, _Item] = {}

    def copy(self) -> "UnionFind[_Item]":
        """The same groups, in a copy that grows on its own."""
        other: UnionFind[_Item] = UnionFind()
        other._parent = dict(self._parent)
        return other

    def find(self, item: _Item) -> _Item:
        """The representative of the item's group; the item itself if it was never joined."""
        root = self._parent.get(item, item)
        if root is item or root == item:
            return item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, root)) != root:
            self._parent[item] = root
            item = parent
        return root

    def join(self, one: _Item, other: _Item) -> None:
        """Makes the groups of two items one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._parent[second] = first
