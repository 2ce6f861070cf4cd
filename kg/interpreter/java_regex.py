"""Regular expressions as Neo4j's `=~` reads them, which are those of Java 17's `java.util.regex`, for Python's `re`.

Everything is spelled out: a class of characters becomes its ranges, and no flag is given to `re`, so that what the two
languages call a digit, a letter's other case or the end of a line makes no difference. Only whole texts are compared,
so what a group matched is not kept. What Java does and Python cannot do is refused by name.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter import character_properties as properties
from kg.interpreter import character_sets as sets
from kg.interpreter.character_sets import CodePoints

MAX_NESTING = 40
"""Groups and classes within each other."""

MAX_EMPTY_REPEATS = 1000
"""Times that a group is asked for which may be empty: each takes time, however short the text."""

_LARGEST = 2**31 - 1
_MARKS_ON_A_LETTER = 4

_END = "the end"
_SPACES = frozenset(" \t\n\v\f\r")
_LINE_ENDS = frozenset("\n\r\u0085\u2028\u2029")
_DIGITS = frozenset("0123456789")
_OCTAL = frozenset("01234567")
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_REPEATS = frozenset("*+?{")
_ENDS_OF_A_RUN = frozenset("$.^([|)") | {_END}
_CONTROLS = {"a": "\a", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_VERTICAL = sets.characters("\n\v\f\r\u0085\u2028\u2029")
_HORIZONTAL = sets.union(sets.characters("\t \u00a0\u1680\u180e\u202f\u205f\u3000"), ((0x2000, 0x200A),))

_LINE_START = r"(?!\Z)(?:\A|(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n))"
_LINE_END = r"(?:\Z|(?=[\r\x85\u2028\u2029])|(?<!\r)(?=\n))"
_TEXT_END = r"(?:\Z|(?=\r\n\Z)|(?=[\r\x85\u2028\u2029]\Z)|(?<!\r)(?=\n\Z))"
_LINE_BREAK = r"(?:\r\n|[\n-\r\x85\u2028\u2029])"


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    r"""The expression for Python whose `fullmatch` accepts the texts that Neo4j's `=~` accepts.

    A `\b` takes a letter for one with up to four combining marks of their own. Characters that came into Unicode after
    version 13 have the category that this Python knows; a server has that of its Java.

    Raises:
        NotUnderstoodError: Java takes it for no regular expression; the message says where.
        RefusedError: it needs what Python cannot do the same; the message names it.
    """
    return re.compile(_Parser(pattern).whole().text)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the expression in Python's syntax.

    Attributes:
        text: what one may put a quantifier behind, unless it is several characters or matches no character.
        empty: whether it may match nothing.
        wide: whether it may match something.
        breaks: whether it tries `\\r\\n` and then `\\r` alone.
        fixed: whether it depends on what stands around it, or gives nothing back, so that it may be empty at one place
            and not at another.
    """

    text: str
    empty: bool
    wide: bool
    breaks: bool = False
    fixed: bool = False


_NOTHING = _Piece("", empty=True, wide=False)


def _place(text: str) -> _Piece:
    """What matches between characters."""
    return _Piece(text, empty=True, wide=False, fixed=True)


def _one_of(of: CodePoints) -> _Piece:
    """What matches one character of a set."""
    return _Piece(_written(of), empty=False, wide=True)


def _joined(by: str, pieces: list[_Piece], empty: bool) -> _Piece:
    """Parts behind each other, or as alternatives."""
    return _Piece(
        by.join(piece.text for piece in pieces),
        empty,
        wide=any(piece.wide for piece in pieces),
        breaks=any(piece.breaks for piece in pieces),
        fixed=any(piece.fixed for piece in pieces),
    )


def _written(of: CodePoints) -> str:
    """A set in Python's syntax."""
    if len(of) == 1 and of[0][0] == of[0][1]:
        return _character(of[0][0])
    if not of:
        return "(?!)"
    outside = sets.complement(of)
    if not outside:
        return "(?s:.)"
    return f"[{_ranges(of)}]" if len(of) <= len(outside) else f"[^{_ranges(outside)}]"


def _ranges(of: CodePoints) -> str:
    return "".join(_character(low) if low == high else f"{_character(low)}-{_character(high)}" for low, high in of)


def _character(code_point: int) -> str:
    """A character that stands for itself, in a class or outside."""
    text = chr(code_point)
    if text.isalnum() or code_point > 0xFFFF:
        return text
    return f"\\u{code_point:04x}"


class _Parser:
    """Reads an expression as Java does, which skips white space in its `x` mode in places where one would not think."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._characters, self._places = _without_quotes(pattern)
        self._at = 0
        self._depth = 0
        self._flags: frozenset[str] = frozenset()
        self._names: set[str] = set()

    def whole(self) -> _Piece:
        """The whole expression."""
        piece = self._alternatives()
        if self._at < len(self._characters):
            raise self._wrong("this ) closes nothing")
        return piece

    # Reading

    def _raw(self, ahead: int = 0) -> str:
        """A character that is to come, be it white space or not."""
        at = self._at + ahead
        return self._characters[at] if at < len(self._characters) else _END

    def _peek(self) -> str:
        """The next character; in the `x` mode, after white space and comments, which are passed."""
        while "x" in self._flags and (self._raw() in _SPACES or self._raw() == "#"):
            if self._raw() == "#":
                ends = {"\n"} if "d" in self._flags else _LINE_ENDS
                while self._raw() not in ends and self._raw() not in ("\0", _END):
                    self._at += 1
                if self._raw() not in _SPACES:
                    break
            self._at += 1
        return self._raw()

    def _take(self) -> str:
        """The next character, which is passed."""
        found = self._peek()
        self._at += 1
        return found

    def _step(self) -> str:
        """The character after this one, which is passed."""
        self._at += 1
        return self._peek()

    def _wrong(self, reason: str) -> NotUnderstoodError:
        """The error that Java takes the expression for none."""
        place = self._places[min(self._at, len(self._places) - 1)]
        return NotUnderstoodError(f"the regular expression {self._pattern!r} is wrong near character {place}: {reason}")

    def _refused(self, what: str, instead: str) -> RefusedError:
        """The error that Python cannot do something as Java does."""
        return RefusedError(f"rule 'dialect': the embedded engine has no {what} in a regular expression: {instead}")

    # Parts of an expression

    def _alternatives(self) -> _Piece:
        pieces = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            pieces.append(self._sequence())
        if len(pieces) == 1:
            return pieces[0]
        return _joined("|", pieces, empty=any(piece.empty for piece in pieces))

    def _sequence(self) -> _Piece:
        pieces = []
        while (found := self._peek()) not in ("|", ")", _END):
            if found == "(":
                pieces.append(self._group())
            elif found in ("?", "*", "+"):
                raise self._wrong(f"there is nothing that this {found} could repeat")
            else:
                pieces.append(self._repeated(self._atom(found)))
        return _joined("", pieces, empty=all(piece.empty for piece in pieces))

    def _atom(self, first: str) -> _Piece:
        """A class, an anchor, or a run of characters."""
        match first:
            case "[":
                return _one_of(self._class(bracketed=True))
            case "^":
                self._at += 1
                return self._line_start()
            case "$":
                self._at += 1
                return self._text_end(many_lines="m" in self._flags)
            case ".":
                self._at += 1
                return self._any_character()
        return self._run()

    def _line_start(self) -> _Piece:
        if "m" not in self._flags:
            return _place(r"\A")
        return _place(r"(?!\Z)(?:\A|(?<=\n))" if "d" in self._flags else _LINE_START)

    def _text_end(self, many_lines: bool) -> _Piece:
        if "d" in self._flags:
            return _place(r"(?=\n|\Z)" if many_lines else r"(?=\n?\Z)")
        return _place(_LINE_END if many_lines else _TEXT_END)

    def _any_character(self) -> _Piece:
        if "s" in self._flags:
            return _one_of(sets.EVERYTHING)
        return _one_of(sets.complement(sets.characters("\n" if "d" in self._flags else "".join(_LINE_ENDS))))

    def _run(self) -> _Piece:
        """Characters that stand for themselves, without the last one if that is repeated; or one escape."""
        run: list[int] = []
        start = self._at
        while True:
            found = self._peek()
            if found in _REPEATS:
                if len(run) > 1:
                    self._at = start
                    run.pop()
                break
            if found in _ENDS_OF_A_RUN:
                break
            start = self._at
            if found == "\\":
                escaped = self._escape()
                if not isinstance(escaped, int):
                    if not run:
                        return escaped if isinstance(escaped, _Piece) else _one_of(escaped)
                    self._at = start
                    break
                run.append(escaped)
            else:
                self._at += 1
                run.append(ord(found))
        # Java compares the letters of a run, and a letter by itself, in two ways where case makes no difference.
        letters = [self._letter(run[0])] if len(run) == 1 else [self._letter_of_run(letter) for letter in run]
        return _Piece("".join(map(_written, letters)), empty=not run, wide=bool(run))

    def _letter(self, code_point: int) -> CodePoints:
        """The characters that one by itself matches."""
        if "i" in self._flags and "u" in self._flags and sets.upper(code_point) == sets.folded(code_point):
            return sets.single(code_point)
        return self._letter_of_run(code_point)

    def _letter_of_run(self, code_point: int) -> CodePoints:
        """The characters that one in a run matches."""
        if "i" not in self._flags:
            return sets.single(code_point)
        if "u" in self._flags:
            return sets.any_case(code_point)
        text = chr(code_point)
        return sets.characters(text.upper() + text.lower()) if text.isascii() else sets.single(code_point)

    # Repeats

    def _repeated(self, piece: _Piece, group: bool = False) -> _Piece:
        """A part with the quantifier that may stand behind it."""
        most: int | None
        match self._peek():
            case "?":
                least, most = 0, 1
            case "*":
                least, most = 0, None
            case "+":
                least, most = 1, None
            case "{":
                least, most = self._bounds()
            case _:
                return piece
        kind = self._step()
        if kind in ("?", "+"):
            self._at += 1
        if most == 0 or not piece.wide:
            return piece if least and not piece.wide else _NOTHING
        if piece.empty and least > (1 if piece.fixed else MAX_EMPTY_REPEATS):
            # Java ends the repeats at the first empty one, Python at the last that is asked for.
            raise self._refused(f"{{{least}}} behind a group that may be empty", "write it so that it is never empty")
        if piece.breaks and group and kind != "+" and (least, most) != (0, 1):
            raise self._refused(r"\R in a repeated group", r"write [\n\r]")
        # What gives nothing back in Java does not give back within each turn either, nor does a repeated \R.
        turn = f"(?>{piece.text})" if kind == "+" or (piece.breaks and not group) else piece.text
        text = f"{turn}{{{least},{'' if most is None else most}}}"
        return _Piece(
            {"+": f"(?>{text})", "?": f"{text}?"}.get(kind, text),
            empty=piece.empty or not least,
            wide=True,
            breaks=piece.breaks and group and kind != "+",
            fixed=piece.fixed or turn != piece.text,
        )

    def _bounds(self) -> tuple[int, int | None]:
        """The numbers in braces, up to the closing one, which is not passed."""
        if self._raw(1) not in _DIGITS:
            raise self._wrong("after { there is a number; write \\{ for the character")
        self._at += 1
        least, after = self._number()
        most: int | None = least
        if after == ",":
            if self._peek() == "}":
                most, after = None, self._take()
            else:
                most, after = self._number()
        if after != "}":
            raise self._wrong("the { of a repeat is not closed")
        if max(least, most or 0) > _LARGEST or (most is not None and most < least):
            raise self._wrong("the numbers of a repeat are out of order, or too large")
        self._at -= 1
        return least, most

    def _number(self) -> tuple[int, str]:
        """A number, 0 if there is no digit, and the character after it, which is passed."""
        digits = ""
        while (found := self._take()) in _DIGITS:
            digits += found
        digits = digits.lstrip("0")
        if len(digits) > len(str(_LARGEST)):
            raise self._wrong("the number of a repeat is too large")
        return int(digits or "0"), found

    # Groups

    def _group(self) -> _Piece:
        """What stands in parentheses, with its quantifier; nothing if it only sets flags for what follows."""
        flags = self._flags
        opening = "(?:"
        if self._step() == "?":
            kind = self._raw(1)
            self._at += 2
            match kind:
                case ":":
                    pass
                case ">":
                    opening = "(?>"
                case "=" | "!":
                    raise self._refused("looking ahead", "write a second =~")
                case "<":
                    self._name_group(self._take())
                case _:
                    self._at -= 1
                    self._set_flags()
                    after = self._take()
                    if after == ")":
                        return _NOTHING
                    if after != ":":
                        raise self._wrong("this is no kind of group, and no flag of idmsux or U")
        self._enter()
        inner = self._alternatives()
        self._depth -= 1
        if self._take() != ")":
            raise self._wrong("a ( is not closed")
        self._flags = flags
        atomic = opening == "(?>"
        piece = _Piece(
            f"{opening}{inner.text})",
            inner.empty,
            inner.wide,
            breaks=inner.breaks and not atomic,
            fixed=inner.fixed or atomic,
        )
        return self._repeated(piece, group=True)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise self._refused(f"more than {MAX_NESTING} groups within each other", "write fewer")

    def _name_group(self, first: str) -> None:
        """Reads the name of a group."""
        if first in ("=", "!"):
            raise self._refused("looking behind", "write a second =~")
        name = self._name(first)
        if name in self._names:
            raise self._wrong(f"there is another group named {name}")
        self._names.add(name)

    def _name(self, first: str) -> str:
        name = ""
        while first.isascii() and first.isalnum():
            name += first
            first = self._take()
        if first != ">" or not name or name[0] in _DIGITS:
            raise self._wrong("a group's name is letters and digits, a letter first, and ends with >")
        return name

    def _set_flags(self) -> None:
        """Reads flags such as `i-s`, and sets them."""
        on = True
        while (found := self._peek()) in ("i", "m", "s", "d", "u", "c", "x", "U") or (found == "-" and on):
            if found == "-":
                on = False
            elif found == "c" and on:
                raise self._refused("flag c", "compare with normalize()")
            else:
                letters = {"U", "u"} if found == "U" else {found}
                self._flags = self._flags | letters if on else self._flags - letters
            self._at += 1

    # Classes

    def _class(self, bracketed: bool) -> CodePoints:
        """What stands in brackets, or behind && up to the bracket that closes, which then is not passed."""
        self._enter()
        negated = self._step() == "^" and self._raw(-1) == "["
        if negated:
            self._at += 1
        found: CodePoints | None = None
        cut = False
        while (first := self._peek()) != "]" or found is None:
            if first == "[":
                part = self._class(bracketed=True)
            elif first == "&" and self._step() == "&":
                found = self._cut(found)
                cut = True
                continue
            elif first == _END:
                raise self._wrong("a [ is not closed")
            else:
                if first == "&":
                    if cut:
                        raise self._refused("& behind && in a class", "write the class in another order")
                    self._at -= 1
                part = self._range()
            found = part if found is None else sets.union(found, part)
        if bracketed:
            self._at += 1
        self._depth -= 1
        return sets.complement(found) if negated else found

    def _cut(self, left: CodePoints | None) -> CodePoints:
        """What is on the left of && and on its right as well."""
        right: CodePoints | None = None
        first = self._step()
        while first not in ("]", "&"):
            if first != "[":
                self._at -= 1
            part = self._class(bracketed=first == "[")
            right = part if right is None else sets.union(right, part)
            first = self._peek()
        if right is None:
            if left is None:
                raise self._wrong("&& has nothing on either side")
            raise self._refused("&& with nothing behind it", "leave it out")
        return right if left is None else sets.intersection(left, right)

    def _range(self) -> CodePoints:
        """A character of a class, several with a dash, or an escape."""
        if self._peek() == "\\":
            escaped = self._escape(in_class=True, of_range=self._raw(2) == "-")
            if isinstance(escaped, _Piece):
                raise self._wrong("this escape cannot stand in a class")
            if not isinstance(escaped, int):
                return escaped
            low = escaped
        else:
            low = ord(self._take())
        if self._peek() != "-" or self._raw(1) in ("[", "]"):
            return self._letter(low)
        high = self._range_end()
        if high < low:
            raise self._wrong("a range ends before it begins")
        if "i" not in self._flags:
            return ((low, high),)
        if "u" in self._flags:
            return sets.range_in_any_case(low, high)
        inside = [chr(letter) for letter in range(low, min(high, 0x7F) + 1)]
        return sets.union(((low, high),), sets.characters("".join(inside).upper() + "".join(inside).lower()))

    def _range_end(self) -> int:
        """The character behind a dash."""
        found = self._step()
        if found == _END:
            raise self._wrong("a [ is not closed")
        if found != "\\":
            self._at += 1
            return ord(found)
        escaped = self._escape(in_class=True, of_range=True)
        if not isinstance(escaped, int):
            raise self._wrong("a range ends with one character")
        return escaped

    # Escapes

    def _escape(self, in_class: bool = False, of_range: bool = False) -> int | CodePoints | _Piece:
        """What a backslash and what follows it stand for: a character, a set of them, or something else."""
        letter = self._raw(1)
        self._at += 2
        if letter in _CONTROLS:
            return ord(_CONTROLS[letter])
        if letter == "v" and of_range:
            return 0x0B
        match letter:
            case "0":
                return self._octal()
            case "x":
                return self._hexadecimal()
            case "u":
                return self._utf16()
            case "c":
                found = self._take()
                if found == _END:
                    raise self._wrong("\\c has a character behind it")
                return ord(found) ^ 64
            case "p" | "P":
                return self._property(negated=letter == "P")
            case "N":
                raise self._refused("\\N", "write the character itself")
            case "d" | "D" | "s" | "S" | "w" | "W" | "h" | "H" | "v" | "V":
                named = self._predefined(letter.lower())
                return named if letter.islower() else sets.complement(named)
        if letter == _END:
            raise self._wrong("the last \\ has nothing behind it")
        if not (letter.isascii() and letter.isalnum()):
            return ord(letter)
        if in_class:
            raise self._wrong(f"\\{letter} means nothing in a class")
        return self._special(letter)

    def _special(self, letter: str) -> _Piece:
        """An escape that stands for no single character."""
        match letter:
            case "A":
                return _place(r"\A")
            case "z":
                return _place(r"\Z")
            case "Z":
                return self._text_end(many_lines=False)
            case "R":
                return _Piece(_LINE_BREAK, empty=False, wide=True, breaks=True)
            case "b":
                if self._peek() == "{" and self._raw(1) == "g":
                    raise self._refused("\\b{g}", "use \\b")
                return _place(_boundary("U" in self._flags))
            case "B":
                return _place(f"(?!{_boundary('U' in self._flags)})")
            case "G":
                raise self._refused("\\G", "use ^")
            case "X":
                raise self._refused("\\X", "use .")
            case "k":
                if self._take() != "<" or self._name(self._take()) not in self._names:
                    raise self._wrong("\\k has the name of a group behind it, in < and >")
                raise self._refused("reference back to a group", "write its text again")
        if letter in _DIGITS:
            raise self._refused("reference back to a group", "write its text again")
        raise self._wrong(f"\\{letter} means nothing")

    def _predefined(self, letter: str) -> CodePoints:
        """The set of a letter such as d."""
        wide = "U" in self._flags
        match letter:
            case "d":
                return properties.unicode_digit() if wide else properties.ASCII_DIGIT
            case "s":
                return properties.unicode_space() if wide else properties.ASCII_SPACE
            case "w":
                return properties.unicode_word() if wide else properties.ASCII_WORD
        return _HORIZONTAL if letter == "h" else _VERTICAL

    def _octal(self) -> int:
        digits = ""
        while len(digits) < 3 and self._peek() in _OCTAL and not (len(digits) == 2 and digits[0] > "3"):
            digits += self._take()
        if not digits:
            raise self._wrong("\\0 has one to three digits from 0 to 7 behind it")
        return int(digits, 8)

    def _hexadecimal(self) -> int:
        first = self._take()
        digits = ""
        if first == "{":
            while (found := self._take()) in _HEXADECIMAL:
                digits += found
            if found == "}" and digits and int(digits, 16) <= sets.LAST:
                return int(digits, 16)
        elif first in _HEXADECIMAL and (second := self._take()) in _HEXADECIMAL:
            return int(first + second, 16)
        raise self._wrong("\\x has two hexadecimal digits behind it, or a code point in braces")

    def _utf16(self) -> int:
        """A code unit; with the next one, where they are a pair, a code point."""
        unit = self._unit()
        start = self._at
        if 0xD800 <= unit <= 0xDBFF and self._take() == "\\" and self._take() == "u":
            second = self._unit()
            if 0xDC00 <= second <= 0xDFFF:
                return 0x10000 + (unit - 0xD800) * 0x400 + second - 0xDC00
        if 0xD800 <= unit <= 0xDBFF:
            self._at = start
        return unit

    def _unit(self) -> int:
        digits = [self._take() for _ in range(4)]
        if not _HEXADECIMAL.issuperset(digits):
            raise self._wrong("\\u has four hexadecimal digits behind it")
        return int("".join(digits), 16)

    def _property(self, negated: bool) -> CodePoints:
        r"""What stands behind \p."""
        if self._peek() == "{":
            self._step()
            if "}" not in self._characters[self._at :]:
                raise self._wrong("the { behind \\p is not closed")
            end = self._characters.index("}", self._at)
            name = "".join(self._characters[self._at : end])
            self._at = end + 1
        else:
            name = self._take()
        found = self._named(name)
        return sets.complement(found) if negated else found

    def _named(self, name: str) -> CodePoints:
        """The set of characters that a property's name stands for."""
        any_case = "i" in self._flags
        kind, equals, value = name.partition("=")
        found: CodePoints | None
        if equals:
            match kind.lower():
                case "sc" | "script":
                    found = properties.script(value)
                case "blk" | "block":
                    found = properties.block(value)
                case "gc" | "general_category":
                    found = properties.java_property(value, any_case)
                case _:
                    raise self._wrong(f"no characters have a property {kind}")
        elif name.startswith("In"):
            found = properties.block(name[2:])
        elif name.startswith("Is"):
            value = name[2:]
            found = (
                properties.binary_property(value, any_case)
                or properties.java_property(value, any_case)
                or properties.script(value)
            )
        else:
            found = (properties.posix(name, any_case) if "U" in self._flags else None) or properties.java_property(
                name, any_case
            )
            if found is None and not name.startswith("java"):
                raise self._wrong(f"no characters have a property {name}")
        if found is None:
            raise self._refused(f"\\p{{{name}}}", "write the characters in brackets")
        return found


def _without_quotes(pattern: str) -> tuple[list[str], list[int]]:
    r"""An expression's characters, those between \Q and \E with a backslash where they need one, and their places.

    The places count from 1; the last is that of the end.
    """
    characters: list[str] = []
    places: list[int] = []

    def add(text: str) -> None:
        characters.extend(text)
        places.extend([at + 1] * len(text))

    at, quoted, starts = 0, False, False
    while at < len(pattern):
        found = pattern[at]
        pair = pattern[at : at + 2]
        if not quoted and pair == "\\Q":
            quoted = starts = True
            at += 2
            continue
        if quoted and pair == "\\E":
            quoted = False
            at += 2
        elif not quoted:
            add(pair if found == "\\" else found)
            at += len(pair) if found == "\\" else 1
        else:
            if found in _DIGITS and starts:
                # So that it does not belong to an escape before the quotation.
                add("\\x3")
            elif found.isascii() and not found.isalnum():
                add("\\")
            add(found)
            at += 1
        starts = False
    places.append(len(pattern) + 1)
    return characters, places


@cache
def _boundary(wide: bool) -> str:
    r"""Python for `\b`: there is a word on exactly one side.

    Args:
        wide: whether words are those of Unicode; else letters, digits, _ and marks on a letter or digit.
    """
    if wide:
        word = _written(properties.unicode_word())
        return f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
    # Python's \w has numbers that are no digits as well. Java looks for a mark's letter in halves of surrogate pairs,
    # and so finds only letters and marks of the first 65,536 code points.
    numbers = _ranges(sets.category("Nl", "No"))
    marks = _ranges(sets.category("Mn"))
    small_mark = _written(sets.intersection(sets.category("Mn"), ((0, 0xFFFF),)))
    word = rf"(?![{numbers}])\w"
    word_or_mark = rf"(?![{numbers}])[\w{marks}]"
    letter = rf"(?![_{numbers}\U00010000-\U0010ffff])\w"
    marked = "|".join(f"(?<={letter}{small_mark}{{{count}}})" for count in range(1, _MARKS_ON_A_LETTER + 1))
    return (
        f"(?:(?<={word})(?!{word_or_mark})"
        f"|(?<={word})(?<!{letter})(?=[{marks}])"
        f"|(?<!{word_or_mark})(?={word})"
        f"|(?<=[{marks}])(?:(?:{marked})(?!{word_or_mark})|(?!{marked})(?={word})))"
    )
