"""A YAML document as plain lists, mappings and strings, with the line of each."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml

# Events are read one by one, so that nothing deep or long is built before it is refused. The C parser is faster.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 6
_CHECK = "check indentation (spaces, no tabs), quotes and brackets, and put a text that holds `: ` or ` #` in quotes"

ValuePath = tuple[str | int, ...]
"""Path of a value in a document: keys of mappings and positions in lists, from the outside in."""


class DocumentError(Exception):
    """A document that is not plain YAML; `line` says where, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> tuple[Any, dict[ValuePath, int]]:
    """The value of a document, None if it is empty, and the line of each value in it, from 1.

    Every scalar is a string, as 2210.07310 is not meant as a number. Refused is what can make a small file large or run
    code: anchors, aliases, tags, more than one document, and nesting deeper than corrections need.

    Raises:
        DocumentError: the text is not such a document.
    """
    try:
        return _read(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse_before(text[: mark.index] if mark else "")
        raise DocumentError(mark.line + 1 if mark else 1, f"not YAML: {_CHECK}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DocumentError(line, f"not YAML: the character U+{error.character:04X} may not be written") from error


def _read(text: str) -> tuple[Any, dict[ValuePath, int]]:
    lines: dict[ValuePath, int] = {}
    events = yaml.parse(text, Loader=_LOADER)
    value = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise DocumentError(_line(event), "a second document begins here: keep one, without `---`")
            value = _value(next(events), events, (), lines)
    return value, lines


def _refuse_before(text: str) -> None:
    """Checks the text before the place where the parser stopped, as the parser reads ahead of what is checked.

    Raises:
        DocumentError: something in this text is refused.
    """
    with suppress(yaml.YAMLError):
        _read(text)


def _value(event: Any, events: Iterator[Any], path: ValuePath, lines: dict[ValuePath, int]) -> Any:
    lines[path] = _line(event)
    if isinstance(event, yaml.AliasEvent):
        raise DocumentError(_line(event), f"*{event.anchor} is an alias: write the value itself")
    if event.anchor:
        raise DocumentError(_line(event), f"&{event.anchor} is an anchor: write the value where it is needed")
    if event.tag not in (None, "!"):
        raise DocumentError(_line(event), f"{event.tag} is a tag: write the plain value")
    if len(path) > _MAX_DEPTH:
        raise DocumentError(_line(event), "too deep: a correction has no such parts")
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(event, events, (*path, len(items)), lines))
        return items
    mapping: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise DocumentError(_line(event), "the name of a field must be a word")
        key = _value(event, events, (*path, ""), lines)
        if key in mapping:
            raise DocumentError(_line(event), f"`{key}` appears twice in this entry: keep one")
        line = _line(event)
        mapping[key] = _value(next(events), events, (*path, key), lines)
        lines[(*path, key)] = line
    return mapping


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
