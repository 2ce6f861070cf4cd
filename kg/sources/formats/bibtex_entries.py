"""Finds the entries of BibTeX and their fields, and says which cannot be read for want of a brace, quote or comma.

The parser is our own because a library's drops entries without a key, takes what a missing comma or brace makes of an
entry for its fields, and does not say on which line that is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

LONGEST = 1 << 18
"""Longest entry that is read, in characters."""
_MOST_HELD = 1 << 24
"""Bytes of one block that are held."""

_TYPE = r"@[ \t]*([A-Za-z][\w-]*)"
_NAME = r"[^\s=,;{}()\"#%\\@]+"
_ASSIGNMENT = rf"{_NAME}\s*=\s*[{{\"\w]"
_BLOCK = re.compile(rb"[ \t]*@[ \t]*([A-Za-z][\w-]*)[ \t]*[{(]")
_TYPE_ALONE = re.compile(rb"[ \t]*@[A-Za-z]+\s*")
_HEAD = re.compile(_TYPE + r"\s*([{(])\s*")
_WITHIN_LINE = re.compile(_TYPE + rf"[ \t]*([{{(])\s*(?:[^\s,={{}}()\"@]+\s*,\s*)?{_NAME}\s*=")
_KEYLESS = re.compile(rf"{_NAME}\s*=\s*(?:[{{\"]|[\w.]+\s*[,}})])")
_KEY_ALONE = re.compile(rf"([^\s,={{}}]+)\s+(?={_ASSIGNMENT})")
_KEY = re.compile(r"((?:[^,{}\n]|\{[^{},\n]*\})*+)\s*(?:,|(?=\})|$)")
_GAP = re.compile(r"(?:[\s,;]|%[^\n]*)*+")
_FIELD = re.compile(rf"({_NAME})\s*=\s*")
# Only behind a comma: else what is left of a value would become part of a name.
_LOOSE_FIELD = re.compile(r"([^=,{}()\"#%\n]{1,60}?)\s*=\s*")
_BARE = {
    "}": re.compile(rf"[^\s,{{}}\"#]+(?:[ \t]+(?!{_NAME}[ \t]*=)[^\s,{{}}\"#%]+)*+"),
    ")": re.compile(rf"[^\s,{{}}()\"#]+(?:[ \t]+(?!{_NAME}[ \t]*=)[^\s,{{}}()\"#%]+)*+"),
}
_JOINED = re.compile(r"\s*#\s*")
_BRACED = re.compile(r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}")
_QUOTED = re.compile(r'"[^"{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^"{}]*+)*+"')
_MARKS = re.compile(r'[{}"]')
_MARKS_UNLESS_ESCAPED = re.compile(r'\\.|[{}"]', re.DOTALL)
_ENTRY_WITHIN = re.compile(r"@[A-Za-z]+\s*[{(]")
_FIELD_WITHIN = re.compile(
    r"[\s,}\"](?:author|editor|title|booktitle|journal|journaltitle|year|date|month|pages|volume|publisher|doi|url|eprint"
    r"|abstract|keywords|isbn|issn)\s*=\s*[{\"]|[\n,]\s*(?:author|title|year|date|month|journal|doi)\s*=\s*\w",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"\s*,\s*[A-Za-z]{_ASSIGNMENT}|\s*(?:author|title|year|date|journal|booktitle|doi|url|abstract)\s*=\s*[{{\"\w]",
    re.IGNORECASE,
)
_INDENT = 200
"""How far back from an entry in the middle of a line a sign of a comment is looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its type in lower case, its key, and its fields by name in lower case, in TeX."""

    type: str
    key: str
    fields: dict[str, str]
    line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that cannot be read, and why."""

    reason: str
    line: int
    last_line: int


class _UnreadableError(Exception):
    """Says why an entry cannot be read."""


def blocks(lines: Iterator[bytes], first: int = 1, nested: bool = True) -> Iterator[tuple[int, bytes]]:
    """Each stretch from a line that begins an entry to the next such line, and the number of its first line.

    Args:
        lines: the file's lines with their ends.
        first: number of the first line.
        nested: whether entries within `@comment{...}` belong to the comment; not if one of them is never closed.
    """
    begun, number, size, depth = first, first, 0, 0
    held: list[bytes] = []
    inner = False
    for line in lines:
        split = bool(held) and line.lstrip()[:1] in (b"{", b"(") and _TYPE_ALONE.fullmatch(held[-1]) is not None
        begins = _BLOCK.match(line) if b"@" in line else None
        if begins and depth > 0:
            inner = True
        elif begins or split:
            kept = [held.pop()] if split else []
            if held:
                yield begun, b"".join(held)
            begun, held, size = number - len(kept), kept, sum(map(len, kept))
            depth = 0
        if depth > 0 or (begins and nested and begins[1].lower() == b"comment"):
            depth += line.count(b"{") - line.count(b"}")
        held.append(line)
        size += len(line)
        number += line.endswith(b"\n")
        if inner and depth > 0 and size > LONGEST:
            yield from blocks(chain(held, lines), begun, nested=False)
            return
        if size >= _MOST_HELD:
            yield begun, b"".join(held)
            begun, held, size = number, [], 0
    if inner and depth > 0:
        yield from blocks(iter(held), begun, nested=False)
    elif held:
        yield begun, b"".join(held)


def entries(block: str, line: int, strings: dict[str, str]) -> Iterator[Entry | Fault]:
    """The entries of a block, those that cannot be read as faults; text outside of entries is a comment.

    Args:
        block: a stretch of the file, as from `blocks`.
        line: number of its first line.
        strings: the values of `@string` by name in lower case; those of the block are added.
    """
    at = 0
    while head := _next_head(block, at):
        line += block.count("\n", at, head.start())
        found, end = _entry(block, head, line, strings)
        if isinstance(found, Fault):
            yield found
            yield from _rescued(block, head.start() + 1, line, strings)
            return
        if found:
            yield found
        line += block.count("\n", head.start(), end)
        at = end


def _rescued(block: str, at: int, line: int, strings: dict[str, str]) -> Iterator[Entry | Fault]:
    """The entries that follow one in which a brace is missing, on the same line: none reaches into the next."""
    begins = [head.start() for head in _WITHIN_LINE.finditer(block, at) if "%" not in _before(block, at, head.start())]
    for begin, end in pairwise([*begins, len(block)]):
        piece = block[begin:end]
        line += block.count("\n", at, begin)
        at = begin
        if head := _HEAD.match(piece):
            found, _ = _entry(piece, head, line, strings)
            if found:
                yield found


def _next_head(block: str, at: int) -> re.Match[str] | None:
    """The next head of an entry, at the start of a line or, where there is no doubt, within one."""
    sign = block.find("@", at)
    while sign >= 0:
        before = _before(block, at, sign).strip()
        # In the middle of a line only what is an entry without doubt.
        heads = _HEAD if before in ("", "}", ")") else _WITHIN_LINE
        if "%" not in before and not before[-1:].isalnum() and heads.match(block, sign):
            return _HEAD.match(block, sign)
        sign = block.find("@", sign + 1)
    return None


def _before(block: str, begin: int, at: int) -> str:
    """What stands on the line before a place."""
    return block[max(begin, at - _INDENT) : at].rpartition("\n")[2]


def _entry(block: str, head: re.Match[str], line: int, strings: dict[str, str]) -> tuple[Entry | Fault | None, int]:
    """The entry with this head, or why it cannot be read, and where it ends; None for what is no entry of a work."""
    type_, close = head[1].lower(), "}" if head[2] == "{" else ")"
    if type_ in ("comment", "preamble"):
        whole = _BRACED.match(block, head.start(2)) if close == "}" else None
        try:
            return None, whole.end() if whole else _closed(block, head.start(2), _MARKS, type_)
        except _UnreadableError:
            return None, head.end()
    reason = ""
    for marks in (_MARKS, _MARKS_UNLESS_ESCAPED):
        # To BibTeX a brace behind a backslash is a brace; some programs think otherwise.
        try:
            key, at = ("", head.end()) if type_ == "string" else _key(block, head.end())
            fields, end = _fields(block, at, close, marks, strings)
        except _UnreadableError as error:
            reason = reason or str(error)
            continue
        if end - head.start() > LONGEST:
            reason = f"it is longer than {LONGEST >> 10} KiB"
            break
        if type_ == "string":
            strings.update(fields)
            return None, end
        return Entry(type_, key, fields, line, line + block.count("\n", head.start(), end)), end
    return Fault(reason, line, line + block.count("\n", head.start())), len(block)


def _key(block: str, at: int) -> tuple[str, int]:
    """The key, empty where the first field follows at once, and where the fields begin."""
    if _KEYLESS.match(block, at):
        return "", at
    key = _KEY_ALONE.match(block, at) or _KEY.match(block, at)
    if not key:
        raise _UnreadableError("there is no comma behind its key")
    return key[1].strip(), key.end()


def _fields(
    block: str, at: int, close: str, marks: re.Pattern[str], strings: dict[str, str]
) -> tuple[dict[str, str], int]:
    """The fields from a place on, of doubled ones the first that says something, and where the entry ends."""
    fields: dict[str, str] = {}
    name = "its key"
    while True:
        gap = _GAP.match(block, at)
        at = gap.end() if gap else at
        # All that may be missing is the entry's own closing brace.
        if at == len(block) or (block[at] == "@" and _WITHIN_LINE.match(block, at)):
            return fields, at
        if block[at] == close:
            if _BEHIND.match(block, at + 1):
                raise _UnreadableError(f"there is a closing brace too many behind {name}")
            return fields, at + 1
        field = _FIELD.match(block, at) or ("," in gap[0] and _LOOSE_FIELD.match(block, at) if gap else None)
        if not field:
            raise _UnreadableError(f"a comma, brace or quote is missing or too many behind {name}")
        name = field[1].strip().lower()
        value, at = _value(block, field.end(), close, marks, strings, name)
        if not fields.get(name, "").strip():
            fields[name] = value


def _value(
    block: str, at: int, close: str, marks: re.Pattern[str], strings: dict[str, str], name: str
) -> tuple[str, int]:
    """A value, its pieces (`"A" # name # "B"`) put together, and where it ends."""
    pieces = []
    while True:
        sign = block[at : at + 1]
        if sign in ("{", '"'):
            whole = (_BRACED if sign == "{" else _QUOTED).match(block, at) if marks is _MARKS else None
            end = whole.end() if whole else _closed(block, at, marks, name)
            pieces.append(block[at + 1 : end - 1])
        else:
            bare = _BARE[close].match(block, at)
            word = bare[0] if bare else ""
            end = at + len(word)
            pieces.append(strings.get(word.lower(), word))
        joined = _JOINED.match(block, end)
        if not joined:
            break
        at = joined.end()
    value = "".join(pieces)
    within = _FIELD_WITHIN.search(value) if "=" in value else None
    if within and not _ENTRY_WITHIN.search(value, 0, within.start() + 1):
        raise _UnreadableError(f"{name} is not closed")
    return value, end


def _closed(block: str, at: int, marks: re.Pattern[str], name: str) -> int:
    """Where what is opened by the brace or quote at a place ends."""
    quoted, depth = block[at] == '"', 0
    for mark in marks.finditer(block, at + quoted):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        if depth < 0:
            break
        if depth == 0 and mark[0] == ('"' if quoted else "}"):
            return mark.end()
    raise _UnreadableError(f"{name} is not closed")
