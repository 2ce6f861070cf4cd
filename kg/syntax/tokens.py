"""Splits a statement into tokens."""

import re
from typing import NamedTuple

from kg.errors import NotUnderstoodError, RefusedError

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<parameter>\$(?:[A-Za-z_]\w*|\d+|`[^`]+`))
    | (?P<float>(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*)[fFdD]?(?!\w))
    | (?P<integer>0x(?:_?[0-9A-Fa-f])+(?!\w)|0o(?:_?[0-7])+(?!\w)|\d[\d_]*(?!\w))
    | (?P<word>[A-Za-z_]\w*)
    | (?P<symbol>\.\.|=~|<>|<=|>=|\|\||::|[-+*/%^=<>|&!:.,;(){}\[\]])""",
    re.DOTALL | re.VERBOSE | re.ASCII,
)
_CONFUSABLE = re.compile(
    r"[^\S \t\r\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}


class Token(NamedTuple):
    """A word, literal or symbol of a statement: `text` at the offset `start`."""

    kind: str
    """`word`, `quoted`, `string`, `integer`, `float`, `parameter`, `symbol` or `end`."""
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The word in capitals; empty for a token of another kind."""
        return self.text.upper() if self.kind == "word" else ""


def tokenise(statement: str) -> list[Token]:
    """The tokens of a statement without white space and comments, and after them one of kind `end`.

    Raises:
        RefusedError: there are characters that an engine might read in another way than this module.
        NotUnderstoodError: a text or a comment does not end, or a character has no meaning outside a text.
    """
    if re.search(r"\\[uU]", statement):
        raise RefusedError("rule 'characters': write a character itself, not as a \\u escape")
    if character := _CONFUSABLE.search(statement):
        raise RefusedError(f"rule 'characters': U+{ord(character[0]):04X} is no plain space, tab, line end or letter")
    found: list[Token] = []
    place = 0
    while place < len(statement):
        match = _TOKEN.match(statement, place)
        if not match:
            raise _unexpected_character(statement, place)
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match[0], place))
        place = match.end()
    found.append(Token("end", "", len(statement)))
    return found


def string_value(text: str) -> str:
    """The text that a string literal stands for.

    Raises:
        NotUnderstoodError: it holds an unknown escape.
    """

    def character(found: re.Match[str]) -> str:
        if found[1] not in _ESCAPED:
            raise NotUnderstoodError(f"\\{found[1]} in a text means nothing: a backslash itself is written \\\\")
        return _ESCAPED[found[1]]

    return _ESCAPE.sub(character, text[1:-1])


def position(statement: str, place: int) -> str:
    """The line and column of an offset, for messages."""
    line = statement.count("\n", 0, place) + 1
    return f"line {line}, column {place - statement.rfind(chr(10), 0, place)}"


def _unexpected_character(statement: str, place: int) -> RefusedError | NotUnderstoodError:
    character = statement[place]
    where = position(statement, place)
    if character in "'\"`":
        return NotUnderstoodError(f"{where}: the {character} is not closed")
    if not character.isascii():
        return RefusedError(f"rule 'characters': {character!r} ({where}) may stand in a text or in backticks only")
    return NotUnderstoodError(f"{where}: {character!r} has no meaning here")
