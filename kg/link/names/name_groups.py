"""Which written forms are one name: by normal form, by the words of a phrase, and where forms were joined."""

from kg.link.names.forms import form_key, phrase_key
from kg.link.names.kinds import DATA
from kg.union_find import UnionFind

NameKey = tuple[str, str]
"""Kind (`data` or `system`) and normal form of a name: the same for every spelling of it."""


class NameGroups:
    """Groups of written forms that are one name. They grow as forms are added and joined."""

    def __init__(self) -> None:
        self._groups: UnionFind[NameKey] = UnionFind()
        self._representatives: dict[tuple[str, str], NameKey] = {}

    def copy(self) -> "NameGroups":
        """The same groups, in a copy that grows on its own."""
        other = NameGroups()
        other._groups = self._groups.copy()
        return other

    def add(self, form: str, kind: str) -> NameKey:
        """Adds a form and gives its own key; a phrase joins its singular and its American spelling."""
        key = _key(form, kind)
        phrase = phrase_key(form)
        if phrase:
            self._join(key, (kind, phrase))
        return key

    def join(self, one: str, other: str, kind: str) -> None:
        """Makes two forms of one kind one name."""
        self._join(_key(one, kind), _key(other, kind))

    def representative(self, form: str, kind: str) -> NameKey:
        """The key that represents the group of a form."""
        key = self._representatives.get((form, kind))
        if key is None:
            key = self._representatives[form, kind] = self.find(_key(form, kind))
        return key

    def find(self, key: NameKey) -> NameKey:
        """The key that represents the group of a key."""
        return self._groups.find(key)

    def _join(self, one: NameKey, other: NameKey) -> None:
        self._groups.join(one, other)
        self._representatives.clear()


def _key(form: str, kind: str) -> NameKey:
    return kind, form_key(form, data=kind == DATA)
