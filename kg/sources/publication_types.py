"""What kind of publication a source says that a record is."""

import tomllib
from functools import cache
from pathlib import Path
from typing import cast

from kg.schema import PaperKind
from kg.text.keys import name_key


def publication_kind(value: object) -> PaperKind | None:
    """`article`, `book`, `chapter`, `proceedings`, `report` or `thesis`, from a source's word for it; None if unknown.

    Of a list of words the first that is known counts.
    """
    if isinstance(value, str):
        return _kinds().get(name_key(value.strip()))
    if isinstance(value, list | tuple):
        return next(filter(None, map(publication_kind, value)), None)
    return None


@cache
def _kinds() -> dict[str, PaperKind]:
    names = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name_key(name): cast(PaperKind, kind) for kind, written in names.items() for name in written}
