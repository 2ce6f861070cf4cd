"""The file of corrections, read and checked as a whole."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kg.errors import InputError
from kg.link.corrections import document
from kg.link.corrections.verbs import VERBS, Correction, Merge, Named, Split, is_entity

_SHOWN = 20
_FIELDS = {field.alias or name for kind in VERBS.values() for name, field in kind.model_fields.items()}


class OverridesError(InputError):
    """A file of corrections with mistakes; `problems` has a line for each: file, line, what is wrong, what to do."""

    def __init__(self, problems: list[str]) -> None:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        super().__init__("\n".join(problems[:_SHOWN]) + more)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction and the line of the file where it begins."""

    line: int
    correction: Correction


@dataclass(frozen=True, slots=True)
class Overrides:
    """Corrections in the order of their file."""

    file: str = "overrides.yaml"
    entries: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Overrides":
        """The corrections of a file; none where there is no file.

        Raises:
            OverridesError: the file cannot be read, or something in it is wrong; all of it is told.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return cls(path.name)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise OverridesError([f"{path.name}:{line}: no UTF-8: save the file as UTF-8"]) from error
        except OSError as error:
            raise OverridesError([f"{path.name}: cannot be read: {error.strerror}"]) from error
        return cls.parse(text, path.name)

    @classmethod
    def parse(cls, text: str, file: str = "overrides.yaml") -> "Overrides":
        """The corrections in a text; `file` is what mistakes are said to be in.

        Raises:
            OverridesError: something is wrong; all of it is told.
        """
        try:
            items, lines = document.parse(text)
        except document.DocumentError as error:
            raise OverridesError([f"{file}:{error.line}: {error}"]) from error
        if items in (None, ""):
            return cls(file)
        if not isinstance(items, list):
            raise OverridesError([f"{file}:{lines[()]}: no list: begin each correction with `- `"])
        entries: list[Entry] = []
        problems: list[tuple[int, str]] = []
        for number, item in enumerate(items):
            line = lines[number,]
            try:
                entries.append(Entry(line, _correction(item)))
            except ValidationError as error:
                problems += [_problem(number, lines, known, item) for known in error.errors()]
            except ValueError as error:
                problems.append((line, str(error)))
        if problems:
            raise OverridesError([f"{file}:{line}: {said}" for line, said in sorted(problems)])
        return cls(file, tuple(entries))

    @property
    def digest(self) -> str:
        """What the corrections do, as a short text that changes with it; empty where there are none.

        When they were made, and comments, are no part of it, but who and why are: the graph shows it.
        """
        if not self.entries:
            return ""
        said = [entry.correction.model_dump(mode="json", exclude={"when"}) for entry in self.entries]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def same_papers(self) -> Iterator[tuple[str, str]]:
        """Pairs of references to papers that a correction makes one."""
        for entry in self.entries:
            merge = entry.correction
            if isinstance(merge, Merge) and isinstance(merge.into, str) and not is_entity(merge.into):
                yield from ((one, merge.into) for one in merge.merge if isinstance(one, str))

    def place(self, entry: Entry) -> str:
        """File and line of a correction."""
        return f"{self.file}:{entry.line}"

    def __bool__(self) -> bool:
        return bool(self.entries)


def _correction(item: Any) -> Correction:
    if not isinstance(item, dict):
        raise ValueError("no correction: write `verb: what`, then `who: …` and `why: …` on lines of their own")
    verbs = [verb for verb in item if verb in VERBS]
    if not verbs:
        unknown = [f"`{name}` " for name in item if name not in _FIELDS]
        raise ValueError(f"{''.join(unknown[:1])}says nothing to do: write one of {', '.join(VERBS)}")
    if len(verbs) > 1:
        raise ValueError(f"says {' and '.join(verbs)} at once: make an entry of each")
    correction = VERBS[verbs[0]].model_validate(item)
    if isinstance(correction, Split) and not (correction.papers or correction.forms):
        raise ValueError("splits nothing off: list `papers`, or written `forms`, or both")
    return correction


def _problem(number: int, lines: dict[document.Path, int], error: Any, item: dict[str, Any]) -> tuple[int, str]:
    """The line of the value that a mistake is about, and the mistake in words."""
    path: document.Path = (number,)
    field = ""
    for part in error["loc"]:
        if (*path, part) in lines:
            path = (*path, part)
            field = part if isinstance(part, str) else field
    kind = VERBS[next(verb for verb in item if verb in VERBS)]
    last = error["loc"][-1]
    fields = (kind if len(error["loc"]) == 1 else Named).model_fields
    names = ", ".join(known.alias or name for name, known in fields.items())
    match error["type"]:
        case "missing":
            said = f"`{last}` is missing"
        case "extra_forbidden":
            said = f"`{last}` says nothing here: use {names}"
        case "string_pattern_mismatch":
            said = f"`{field}` must be one line with a letter or a digit"
        case "string_too_long":
            said = f"`{field}` is longer than {error['ctx']['max_length']} characters: write a name that can be read"
        case "string_too_short" | "too_short":
            said = f"`{field}` is empty"
        case "tuple_type":
            said = f"`{field}` must be a list: [one, another]"
        case "string_type":
            said = f"`{field}` must be a text, no list or mapping"
        case "literal_error":
            said = f"`{field}` is {error['input']!r}: write {error['ctx']['expected']}"
        case "date_from_datetime_parsing" | "date_parsing" | "date_from_datetime_inexact":
            said = f"`{field}` is {error['input']!r}: write a day as 2026-01-31"
        case _:
            said = f"`{field}`: {error['msg'][0].lower()}{error['msg'][1:]}"
    return lines[path], said
