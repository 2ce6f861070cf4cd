"""The file of corrections, read and checked as a whole."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kg.errors import InputError
from kg.link.corrections import document
from kg.link.corrections.verbs import VERBS, Correction, Merge, NameReference, Split, is_entity
from kg.sources.problems import Problem

_SHOWN = 20
_FIELDS = {field.alias or name for kind in VERBS.values() for name, field in kind.model_fields.items()}


class OverridesError(InputError):
    """A file of corrections with mistakes; `problems` has all of them, and the message the first twenty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        super().__init__("\n".join(map(str, problems[:_SHOWN])) + more)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """A correction, and the line of the file where it begins."""

    line: int
    correction: Correction


@dataclass(frozen=True, slots=True)
class Overrides:
    """Corrections in the order of their file."""

    file: str = "overrides.yaml"
    entries: tuple[CorrectionEntry, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Overrides":
        """The corrections of a file; none if there is no file.

        Raises:
            OverridesError: the file cannot be read, or has mistakes.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return cls(path.name)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise OverridesError([Problem(path.name, line, "not UTF-8: save the file as UTF-8")]) from error
        except OSError as error:
            raise OverridesError([Problem(path.name, None, f"cannot be read: {error.strerror}")]) from error
        return cls.parse(text, path.name)

    @classmethod
    def parse(cls, text: str, file: str = "overrides.yaml") -> "Overrides":
        """The corrections in a text.

        Args:
            text: what a file of corrections holds.
            file: name of the file in problems.

        Raises:
            OverridesError: the text has mistakes.
        """
        try:
            items, lines = document.parse(text)
        except document.DocumentError as error:
            raise OverridesError([Problem(file, error.line, str(error))]) from error
        if items in (None, ""):
            return cls(file)
        if not isinstance(items, list):
            raise OverridesError([Problem(file, lines[()], "not a list: begin each correction with `- `")])
        entries: list[CorrectionEntry] = []
        problems: list[tuple[int, str]] = []
        for number, item in enumerate(items):
            line = lines[number,]
            try:
                entries.append(CorrectionEntry(line, _correction(item)))
            except ValidationError as error:
                problems += [_mistake(number, lines, known, item) for known in error.errors()]
            except ValueError as error:
                problems.append((line, str(error)))
        if problems:
            raise OverridesError([Problem(file, line, message) for line, message in sorted(problems)])
        return cls(file, tuple(entries))

    @property
    def digest(self) -> str:
        """A digest of the corrections, empty if there are none.

        It does not depend on comments and dates, but on who made them and why, which the graph shows.
        """
        if not self.entries:
            return ""
        content = [entry.correction.model_dump(mode="json", exclude={"when"}) for entry in self.entries]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def same_papers(self) -> Iterator[tuple[str, str]]:
        """Pairs of references to papers that are one paper."""
        for entry in self.entries:
            merge = entry.correction
            if isinstance(merge, Merge) and isinstance(merge.into, str) and not is_entity(merge.into):
                yield from ((one, merge.into) for one in merge.merge if isinstance(one, str))

    def place(self, entry: CorrectionEntry) -> str:
        """`file:line` of a correction."""
        return f"{self.file}:{entry.line}"

    def __bool__(self) -> bool:
        return bool(self.entries)


def _correction(item: Any) -> Correction:
    if not isinstance(item, dict):
        raise ValueError("not a correction: write `verb: what`, then `who: …` and `why: …` on lines of their own")
    verbs = [verb for verb in item if verb in VERBS]
    if not verbs:
        unknown = [f"`{name}` " for name in item if name not in _FIELDS]
        raise ValueError(f"{''.join(unknown[:1])}does nothing: write one of {', '.join(VERBS)}")
    if len(verbs) > 1:
        raise ValueError(f"has {' and '.join(verbs)} at once: make an entry of each")
    correction = VERBS[verbs[0]].model_validate(item)
    if isinstance(correction, Split) and not (correction.papers or correction.forms):
        raise ValueError("splits nothing off: list `papers`, or written `forms`, or both")
    return correction


def _mistake(number: int, lines: dict[document.ValuePath, int], error: Any, item: dict[str, Any]) -> tuple[int, str]:
    """Line and message of a mistake that pydantic found.

    Args:
        number: place of the entry in the file.
        lines: line of each value.
        error: as pydantic gives it.
        item: the entry.
    """
    path: document.ValuePath = (number,)
    field = ""
    for part in error["loc"]:
        if (*path, part) in lines:
            path = (*path, part)
            field = part if isinstance(part, str) else field
    kind = VERBS[next(verb for verb in item if verb in VERBS)]
    last = error["loc"][-1]
    fields = (kind if len(error["loc"]) == 1 else NameReference).model_fields
    names = ", ".join(known.alias or name for name, known in fields.items())
    match error["type"]:
        case "missing":
            message = f"`{last}` is missing"
        case "extra_forbidden":
            message = f"`{last}` is not a field here: use {names}"
        case "string_pattern_mismatch":
            message = f"`{field}` must be one line with a letter or a digit"
        case "string_too_long":
            message = f"`{field}` is longer than {error['ctx']['max_length']} characters: write a name that can be read"
        case "string_too_short" | "too_short":
            message = f"`{field}` is empty"
        case "tuple_type":
            message = f"`{field}` must be a list: [one, another]"
        case "string_type":
            message = f"`{field}` must be a text, not a list or mapping"
        case "literal_error":
            message = f"`{field}` is {error['input']!r}: write {error['ctx']['expected']}"
        case "date_from_datetime_parsing" | "date_parsing" | "date_from_datetime_inexact":
            message = f"`{field}` is {error['input']!r}: write a day as 2026-01-31"
        case _:
            message = f"`{field}`: {error['msg'][0].lower()}{error['msg'][1:]}"
    return lines[path], message
