"""The names that Java 17 has in `\\p{…}` of a regular expression, and the code points that each stands for."""

import string
import unicodedata
from collections.abc import Callable

from kg.interpreter import character_sets as sets
from kg.interpreter import unicode_tables
from kg.interpreter.character_sets import CodePoints

ASCII_DIGIT = sets.characters(string.digits)
ASCII_SPACE = sets.characters(string.whitespace)
ASCII_WORD = sets.characters(string.ascii_letters + string.digits + "_")

_ASCII: CodePoints = ((0, 0x7F),)
_LETTERS = sets.characters(string.ascii_letters)
_CONTROLS: CodePoints = ((0, 0x1F), (0x7F, 0x7F))
_JOINERS: CodePoints = ((0x200C, 0x200D),)
_WIDE_HEXADECIMAL: CodePoints = ((0xFF10, 0xFF19), (0xFF21, 0xFF26), (0xFF41, 0xFF46))
_NO_CHARACTERS = sets.union(((0xFDD0, 0xFDEF),), *(((n | 0xFFFE, n | 0xFFFF),) for n in range(0, sets.LAST, 0x10000)))
_NO_BREAK = sets.characters("\u00a0\u2007\u202f")

_CATEGORIES = (
    *("Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs"),
    *("Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf", "L", "M", "N", "Z", "C", "P", "S"),
)


def unicode_space() -> CodePoints:
    """White space of all scripts."""
    return sets.union(sets.category("Z"), sets.characters("\t\n\v\f\r\u0085"))


def unicode_digit() -> CodePoints:
    """Decimal digits of all scripts."""
    return sets.category("Nd")


def unicode_word() -> CodePoints:
    """What words are made of, in all scripts."""
    return sets.union(sets.alphabetic(), sets.category("M", "Nd", "Pc"), _JOINERS)


def _lower() -> CodePoints:
    return sets.where(str.islower)


def _upper() -> CodePoints:
    return sets.where(str.isupper)


def _title() -> CodePoints:
    return sets.category("Lt")


def _cased() -> CodePoints:
    return sets.union(_lower(), _upper(), _title())


def _cased_letters() -> CodePoints:
    return sets.category("Lu", "Ll", "Lt")


def _visible() -> CodePoints:
    return sets.complement(sets.category("Z", "Cc", "Cs", "Cn"))


def _blank() -> CodePoints:
    return sets.union(sets.category("Zs"), sets.characters("\t"))


def _hexadecimal() -> CodePoints:
    return sets.union(unicode_digit(), sets.characters(string.hexdigits), _WIDE_HEXADECIMAL)


def _printed() -> CodePoints:
    return sets.intersection(sets.union(_visible(), _blank()), sets.complement(sets.category("Cc")))


def _assigned() -> CodePoints:
    return sets.complement(sets.category("Cn"))


def _ideographs() -> CodePoints:
    return sets.parsed(unicode_tables.IDEOGRAPHIC)


def _java_space() -> CodePoints:
    breaking = sets.intersection(sets.category("Z"), sets.complement(_NO_BREAK))
    return sets.union(breaking, sets.characters("\t\n\v\f\r\x1c\x1d\x1e\x1f"))


def _fixed(of: CodePoints) -> Callable[[], CodePoints]:
    return lambda: of


def _category(name: str) -> Callable[[], CodePoints]:
    return lambda: sets.category(name)


_PROPERTIES: dict[str, Callable[[], CodePoints]] = {
    **{name: _category(name) for name in _CATEGORIES},
    "LC": _cased_letters,
    "LD": lambda: sets.category("L", "Nd"),
    "L1": _fixed(((0, 0xFF),)),
    "all": _fixed(sets.EVERYTHING),
    "ASCII": _fixed(_ASCII),
    "Alnum": _fixed(sets.union(_LETTERS, ASCII_DIGIT)),
    "Alpha": _fixed(_LETTERS),
    "Blank": _fixed(sets.characters(" \t")),
    "Cntrl": _fixed(_CONTROLS),
    "Digit": _fixed(ASCII_DIGIT),
    "Graph": _fixed(((0x21, 0x7E),)),
    "Lower": _fixed(sets.characters(string.ascii_lowercase)),
    "Print": _fixed(((0x20, 0x7E),)),
    "Punct": _fixed(sets.characters(string.punctuation)),
    "Space": _fixed(ASCII_SPACE),
    "Upper": _fixed(sets.characters(string.ascii_uppercase)),
    "XDigit": _fixed(sets.characters(string.hexdigits)),
    "javaLowerCase": _lower,
    "javaUpperCase": _upper,
    "javaAlphabetic": sets.alphabetic,
    "javaIdeographic": _ideographs,
    "javaTitleCase": _title,
    "javaDigit": unicode_digit,
    "javaDefined": _assigned,
    "javaLetter": _category("L"),
    "javaLetterOrDigit": lambda: sets.category("L", "Nd"),
    "javaSpaceChar": _category("Z"),
    "javaWhitespace": _java_space,
    "javaISOControl": _category("Cc"),
    "javaMirrored": lambda: sets.where(unicodedata.mirrored),
}
_PROPERTIES_IN_ANY_CASE = {
    **_PROPERTIES,
    **dict.fromkeys(("Lu", "Ll", "Lt"), _cased_letters),
    **dict.fromkeys(("Lower", "Upper"), _fixed(_LETTERS)),
    **dict.fromkeys(("javaLowerCase", "javaUpperCase", "javaTitleCase"), _cased),
}

_POSIX: dict[str, Callable[[], CodePoints]] = {
    "ALPHA": sets.alphabetic,
    "LOWER": _lower,
    "UPPER": _upper,
    "SPACE": unicode_space,
    "PUNCT": _category("P"),
    "XDIGIT": _hexadecimal,
    "ALNUM": lambda: sets.union(sets.alphabetic(), unicode_digit()),
    "CNTRL": _category("Cc"),
    "DIGIT": unicode_digit,
    "BLANK": _blank,
    "GRAPH": _visible,
    "PRINT": _printed,
}
_POSIX_IN_ANY_CASE = {**_POSIX, "LOWER": _cased, "UPPER": _cased}

_BINARY: dict[str, Callable[[], CodePoints]] = {
    "ALPHABETIC": sets.alphabetic,
    "ASSIGNED": _assigned,
    "CONTROL": _category("Cc"),
    "HEXDIGIT": _hexadecimal,
    "HEX_DIGIT": _hexadecimal,
    "IDEOGRAPHIC": _ideographs,
    "JOINCONTROL": _fixed(_JOINERS),
    "JOIN_CONTROL": _fixed(_JOINERS),
    "LETTER": _category("L"),
    "LOWERCASE": _lower,
    "NONCHARACTERCODEPOINT": _fixed(_NO_CHARACTERS),
    "NONCHARACTER_CODE_POINT": _fixed(_NO_CHARACTERS),
    "TITLECASE": _title,
    "PUNCTUATION": _category("P"),
    "UPPERCASE": _upper,
    "WHITESPACE": unicode_space,
    "WHITE_SPACE": unicode_space,
    "WORD": unicode_word,
}
_BINARY_IN_ANY_CASE = {**_BINARY, **dict.fromkeys(("LOWERCASE", "UPPERCASE", "TITLECASE"), _cased)}

_BLOCKS = {
    form: table
    for name, table in unicode_tables.BLOCKS.items()
    for form in (name, name.replace(" ", ""), name.replace(" ", "_").replace("-", "_"))
    if form != "GREEK_AND_COPTIC"
} | {"GREEK": unicode_tables.BLOCKS["GREEK AND COPTIC"]}


def posix(name: str, any_case: bool) -> CodePoints | None:
    """A POSIX class such as `alpha`, taken over all scripts, by its name in small or capital letters.

    Args:
        name: what stands in the braces.
        any_case: whether letters match in either case, so that `Lower` and `Upper` are one.

    Returns:
        The code points; None if Java has no such class.
    """
    return _made((_POSIX_IN_ANY_CASE if any_case else _POSIX).get(name.upper()))


def java_property(name: str, any_case: bool) -> CodePoints | None:
    """A general category, a POSIX class of ASCII, or a method of Java's Character, as `posix` does."""
    return _made((_PROPERTIES_IN_ANY_CASE if any_case else _PROPERTIES).get(name))


def binary_property(name: str, any_case: bool) -> CodePoints | None:
    """A property that Unicode gives or denies a character, such as `Alphabetic`, as `posix` does."""
    return _made((_BINARY_IN_ANY_CASE if any_case else _BINARY).get(name.upper())) or posix(name, any_case)


def script(name: str) -> CodePoints | None:
    """The characters of a script, by its name or its code of four letters; None if it is not known here."""
    upper = name.upper()
    table = unicode_tables.SCRIPTS.get(unicode_tables.SCRIPT_CODES.get(upper, upper))
    return None if table is None else sets.parsed(table)


def block(name: str) -> CodePoints | None:
    """The code points of a block, by its name; None if it is not known here."""
    table = _BLOCKS.get(name.upper())
    return None if table is None else sets.parsed(table)


def _made(made: Callable[[], CodePoints] | None) -> CodePoints | None:
    return made() if made else None
