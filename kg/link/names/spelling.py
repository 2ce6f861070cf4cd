"""Which written forms are one name: by normal form, by the words of a phrase, and where forms were joined."""

from kg.link.names.forms import form_key, phrase_key
from kg.link.names.kinds import DATA
from kg.link.union import UnionFind

Name = tuple[str, str]
"""Kind (`data` or `system`) and normal form: what all spellings of a name share."""


class Spelling:
    """Sets of forms that are one name; grows as forms are noted and joined."""

    def __init__(self) -> None:
        self._same: UnionFind[Name] = UnionFind()
        self._names: dict[tuple[str, str], Name] = {}

    def copy(self) -> "Spelling":
        """The same names, joined from here on by themselves."""
        other = Spelling()
        other._same = self._same.copy()
        return other

    def note(self, form: str, kind: str) -> Name:
        """Takes a form; phrases are one in singular and plural, British and American spelling."""
        name = _normal(form, kind)
        phrase = phrase_key(form)
        if phrase:
            self._join(name, (kind, phrase))
        return name

    def join(self, one: str, other: str, kind: str) -> None:
        """Makes two forms one name."""
        self._join(_normal(one, kind), _normal(other, kind))

    def name(self, form: str, kind: str) -> Name:
        """The name that a form is."""
        name = self._names.get((form, kind))
        if name is None:
            name = self._names[form, kind] = self.root(_normal(form, kind))
        return name

    def root(self, name: Name) -> Name:
        """The name that stands for all that were joined with this one."""
        return self._same.find(name)

    def _join(self, one: Name, other: Name) -> None:
        self._same.join(one, other)
        self._names.clear()


def _normal(form: str, kind: str) -> Name:
    return kind, form_key(form, data=kind == DATA)
