"""Turns TeX in bibliographies into text."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_TEX = re.compile(r"[\\{}$~]|--|``|''|[!?]`")
_LINK = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
# Characters of tags that Crossref and others write as formulas, which would stay as they are.
_FORMULA = re.compile(r"\$(?:\\(less|greater|mathsemicolon|mathplus|mathequals)|([<>;+=]))\$")
_OF_FORMULA = {"less": "<", "greater": ">", "mathsemicolon": ";", "mathplus": "+", "mathequals": "="}
# Escaped twice by a program: no bibliography has a line break before such a character.
_TWICE = re.compile(r"(?<!\\)\\\\(?=[&%#_])")
_ESCAPED = re.compile(r"\\([&%#_])")
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([uvHckrdb])(?:(?=\{)|\s+))(?:\{\s*(?:\\([ij])\s*|([A-Za-z]))\s*\}|\\([ij])(?![A-Za-z])\s?|([A-Za-z]))"
)
_COMBINING = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?:\{\}|\s+|(?![A-Za-z]))")
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
}
_WORD_ALONE = re.compile(r"\{([^\s{},;&\\$]*)\}")
_SIGNS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("!`", "¡"), ("?`", "¿"), ("~", " "))
_BRACES = str.maketrans("", "", "{}")
_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_STAND_IN = "\ufdd0"
"""For a percent sign while TeX is decoded: BibTeX has no comments in fields, and TeX would end the text there."""
_ADDRESS = re.compile(r"\\url\s*|\\href\s*(?=\{)|(?<=\})\s*\{[^{}]*\}$")
_ADDRESS_SIGNS = re.compile(r"\{?\\textasciitilde\s*(?:\{\})?\}?|\{?\\~\{\}\}?|\$\\sim\$")
# Commands that pylatexenc does not know.
_SYMBOLS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textquotedbl": '"',
    "slash": "/",
    "copyright": "©",
    "euro": "€",
}


def plain_text(tex: str) -> str | None:
    r"""The text of some TeX, or None if that is nested too deeply to be read.

    Formulas stay as they are, unknown commands keep their arguments, and the address of each `\href` follows its text,
    unless the text is an address itself.
    """
    if not _TEX.search(tex):
        return tex
    if "$" in tex:
        tex = _FORMULA.sub(lambda sign: _OF_FORMULA.get(sign[1], sign[2]), tex)
    if "\\" in tex:
        tex = _TWICE.sub(r"\\", _links_shown(tex))
    text = _ESCAPED.sub(r"\1", _LETTER.sub(_letter, _ACCENT.sub(_accented, tex))) if "\\" in tex else tex
    # What has none but the usual commands need not be parsed, which takes a hundred times as long.
    if "\\" in text or "$" in text:
        return _parsed(tex)
    for sign, written in _SIGNS:
        text = text.replace(sign, written)
    return text.translate(_BRACES)


def letters_shown(tex: str) -> str:
    """TeX with accented letters as letters; braces around several words, formulas and other commands stay."""
    if "\\" in tex:
        tex = _LETTER.sub(_letter, _ACCENT.sub(_accented, tex))
    return _WORD_ALONE.sub(r"\1", tex) if "{" in tex else tex


def text_of_tex(tex: str) -> str:
    """The text of some TeX; the TeX itself if that is nested too deeply to be read."""
    text = plain_text(tex)
    return tex if text is None else text


def plain_address(tex: str) -> str:
    """An id or address without TeX, in which tildes, hyphens and percent signs are characters."""
    if "\\" not in tex and "{" not in tex and "$" not in tex:
        return tex
    return _ESCAPED.sub(r"\1", _ADDRESS.sub("", _ADDRESS_SIGNS.sub("~", tex))).translate(_BRACES)


def _links_shown(tex: str) -> str:
    return _LINK.sub(lambda link: link[2] if "://" in link[2] else f"{link[2]} (\\url{{{link[1]}}})", tex)


def _accented(accent: re.Match[str]) -> str:
    letter = accent[3] or accent[4] or accent[5] or accent[6]
    return unicodedata.normalize("NFC", letter + _COMBINING[accent[1] or accent[2]])


def _letter(command: re.Match[str]) -> str:
    return _LETTERS[command[1]]


def _parsed(tex: str) -> str | None:
    try:
        text: str = _decoder().latex_to_text(_PERCENT.sub(rf"\1{_STAND_IN}", tex))
    except Exception:
        # The parser has no error of its own for what is nested too deeply.
        return None
    return text.replace(_STAND_IN, "%")


@cache
def _decoder() -> "LatexNodes2Text":
    # Imported here because it is slow, and only bibliographies need it.
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    symbols = [MacroTextSpec(name, simplify_repl=symbol) for name, symbol in _SYMBOLS.items()]
    known.add_context_category("own", prepend=True, macros=[*symbols, MacroTextSpec("url", simplify_repl="%s")])
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_arguments))
    return LatexNodes2Text(latex_context=known, math_mode="verbatim")


def _arguments(node: Any, l2tobj: Any) -> str:
    """Text of an unknown command's arguments."""
    arguments = node.nodeargd.argnlist if node.nodeargd else []
    return "".join(l2tobj.nodelist_to_text([argument]) for argument in arguments if argument is not None)
