"""Which written forms are one name: by normal form, by the words of a phrase, and where forms were joined."""

from kg.link.forms import form_key, phrase_key
from kg.link.kinds import DATA
from kg.link.union import UnionFind

Name = tuple[str, str]
"""Kind (`data` or `system`) and normal form: what all spellings of a name share."""


class Spelling:
    """Sets of forms that are one name; grows as forms are noted and joined."""

    def __init__(self) -> None:
        self._same: UnionFind[Name] = UnionFind()

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
            self._same.join(name, (kind, phrase))
        return name

    def join(self, one: str, other: str, kind: str) -> None:
        """Makes two forms one name."""
        self._same.join(_normal(one, kind), _normal(other, kind))

    def name(self, form: str, kind: str) -> Name:
        """The name that a form is."""
        return self.root(_normal(form, kind))

    def root(self, name: Name) -> Name:
        """The name that stands for all that were joined with this one."""
        return self._same.find(name)


def _normal(form: str, kind: str) -> Name:
    return kind, form_key(form, data=kind == DATA)
