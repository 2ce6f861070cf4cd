"""Finds where statements end in a typed text, and which quote or bracket is open at its end."""

import re
from collections.abc import Iterator

# Quoted texts and comments, in which semicolons and brackets mean nothing; the last may still be open.
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`"""
_COMMENT = r"//[^\n]*(?=\n)|/\*.*?\*/"
_OPEN = r"""(?P<open>'|"|`|//|/\*).*"""
_TOKEN = re.compile(rf"{_QUOTED}|{_COMMENT}|{_OPEN}|(?P<end>;)|(?P<other>.)", re.DOTALL)
_COMMENTS = re.compile(rf"(?P<quoted>{_QUOTED})|{_COMMENT}|//.*|/\*.*", re.DOTALL)


def is_command(text: str) -> bool:
    """Whether a text is a command to the console, not Cypher."""
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
    return _COMMENTS.sub(lambda found: found["quoted"] or " ", text)


def open_quote(text: str) -> tuple[str, str] | None:
    """The quote or comment that is open at the end of a text, and what follows it."""
    for found in _TOKEN.finditer(text):
        if found["open"]:
            return found["open"], found[0].removeprefix(found["open"])
    return None


def open_bracket(text: str) -> str:
    """The innermost bracket that is open at the end of a text, or an empty text."""
    brackets: list[str] = []
    for found in _TOKEN.finditer(text):
        if found["other"] in ("(", "[", "{"):
            brackets.append(found["other"])
        elif found["other"] in (")", "]", "}") and brackets:
            brackets.pop()
    return brackets[-1] if brackets else ""


def _parts(text: str) -> Iterator[str]:
    """The parts of a text between its semicolons, and the one after the last."""
    start = 0
    for found in _TOKEN.finditer(text):
        if found["end"]:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]
