"""What one paper says of an entity's name."""

from dataclasses import dataclass

from kg.link.names.forms import expands, is_acronym
from kg.link.names.kinds import kind_of
from kg.schema import Entity


@dataclass(frozen=True, slots=True)
class Reading:
    """What one paper says of an entity's name."""

    kind: str
    type: str
    name: str
    forms: tuple[str, ...]
    acronym: str
    long_form: str

    @classmethod
    def of(cls, entity: Entity) -> "Reading":
        """Reads a paper's entity; forms are in order of length, the longest first."""
        forms = sorted({entity.name, *(mention.text for mention in entity.mentions)}, key=lambda f: (-len(f), f))
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
