"""Normal forms of names: two written forms with the same normal form are one name."""

import re

from kg.link.memo import Memo
from kg.link.names.parts import joined, parts_of_data, parts_of_system, tokens
from kg.link.names.words import american, singular
from kg.text.keys import name_key


def form_key(name: str, *, data: bool) -> str:
    """The normal form of a benchmark's or dataset's name (`data`), or of a model's or method's.

    It is the same for all spellings of a name, but different for different versions and sizes.
    """
    return data_key(name) if data else system_key(name)


@Memo
def data_key(name: str) -> str:
    """The normal form of a benchmark's or dataset's name."""
    return parts_of_data(name).key or name_key(name)


@Memo
def system_key(name: str) -> str:
    """The normal form of a model's or method's name."""
    return parts_of_system(name).key or name_key(name)


@Memo
def phrase_key(name: str) -> str:
    """The normal form of a name of several words: singular, in American spelling; empty for any other name."""
    words = tokens(name)
    if sum(word.isalpha() and len(word) > 2 for word in words) < 2:
        return ""
    return joined(tuple(singular(american(word)) for word in words if word != "the"))


def is_plural(form: str) -> bool:
    """Whether one word may be a plural: AutoEncoders and Transformers may, Atlas and YOLOv8s may not."""
    return bool(re.fullmatch(r"(?=.*[a-z]).*[A-Z].*[a-rt-z]s", form[1:]) or re.fullmatch(r"\w{3,}(?:er|or|on)s", form))
