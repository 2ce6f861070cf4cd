"""Where a statement ends in what was typed, and what is being typed at its end."""

import re
from collections.abc import Iterator

# Quoted texts and comments, in which nothing means anything; the last may still be open.
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`"""
_COMMENT = r"//[^\n]*(?=\n)|/\*.*?\*/"
_OPEN = r"""(?P<open>'|"|`|//|/\*).*"""
_TOKEN = re.compile(rf"{_QUOTED}|{_COMMENT}|{_OPEN}|(?P<end>;)|(?P<other>.)", re.DOTALL)
_COMMENTS = re.compile(rf"(?P<kept>{_QUOTED})|{_COMMENT}|//.*|/\*.*", re.DOTALL)


def is_command(text: str) -> bool:
    """Whether it is a command to the console rather than Cypher."""
    return text.lstrip().startswith(":")


def is_complete(text: str) -> bool:
    """Whether a typed text can be run: a command, or Cypher that ends with a semicolon or an empty line."""
    if is_command(text) or not text.strip():
        return True
    *_, last = _parts(text)
    ended = not without_comments(last).strip()
    return ended or (open_quote(text) is None and text.rstrip(" \t").endswith("\n"))


def statements(text: str) -> list[str]:
    """The statements of a text, without their semicolons."""
    return [part.strip() for part in _parts(text) if without_comments(part).strip()]


def without_comments(text: str) -> str:
    """The text with a space for each comment."""
    return _COMMENTS.sub(lambda found: found["kept"] or " ", text)


def open_quote(text: str) -> tuple[str, str] | None:
    """The quote or comment that is open at the end of a text, and what follows it."""
    for found in _TOKEN.finditer(text):
        if found["open"]:
            return found["open"], found[0].removeprefix(found["open"])
    return None


def open_bracket(text: str) -> str:
    """The bracket that is open at the end of a text, or nothing."""
    brackets: list[str] = []
    for found in _TOKEN.finditer(text):
        if found["other"] in ("(", "[", "{"):
            brackets.append(found["other"])
        elif found["other"] in (")", "]", "}") and brackets:
            brackets.pop()
    return brackets[-1] if brackets else ""


def _parts(text: str) -> Iterator[str]:
    """The text between semicolons; after the last one, too."""
    start = 0
    for found in _TOKEN.finditer(text):
        if found["end"]:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]
