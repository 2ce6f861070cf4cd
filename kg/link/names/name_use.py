"""How one paper names an entity."""

from dataclasses import dataclass

from kg.link.names.expansions import expands, is_acronym
from kg.link.names.kinds import kind_of
from kg.schema import Entity
from kg.text.line_ends import unwrapped


@dataclass(frozen=True, slots=True)
class NameUse:
    """How one paper names an entity.

    Attributes:
        kind: `data` or `system`.
        type: Benchmark, Dataset, Model or Method.
        name: the name that extraction chose.
        forms: every way in which the paper writes it, without hard line ends, the name included; the longest first.
        acronym: one of the forms, if the paper also writes what it stands for; else empty.
        long_form: the form that the acronym stands for; else empty.
    """

    kind: str
    type: str
    name: str
    forms: tuple[str, ...]
    acronym: str
    long_form: str

    @classmethod
    def of(cls, entity: Entity) -> "NameUse":
        """The name use of an entity that extraction found in a paper."""
        written = {entity.name, *(unwrapped(mention.text).text for mention in entity.mentions)}
        forms = sorted(written, key=lambda form: (-len(form), form))
        acronyms = [form for form in forms if is_acronym(form)]
        acronym, long = next(
            (
                (short, form)
                for form in forms
                for short in acronyms
                if " " in form or "-" in form
                if expands(short, form)
            ),
            ("", ""),
        )
        return cls(kind_of(entity.type), entity.type, entity.name, tuple(forms), acronym, long)
