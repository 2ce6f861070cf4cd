"""Turns TeX in bibliographies into text."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware

_LINK = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
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


def links_shown(text: str) -> str:
    r"""Writes the address of each `\href` after its text, unless the text is an address itself."""
    return _LINK.sub(lambda link: link[2] if "://" in link[2] else f"{link[2]} (\\url{{{link[1]}}})", text)


@cache
def decoding() -> "LatexDecodingMiddleware":
    """Middleware that turns TeX into text; formulas stay as they are, and unknown commands keep their arguments."""
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    symbols = [MacroTextSpec(name, simplify_repl=symbol) for name, symbol in _SYMBOLS.items()]
    known.add_context_category("own", prepend=True, macros=[*symbols, MacroTextSpec("url", simplify_repl="%s")])
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_arguments))
    return LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=known, math_mode="verbatim"))


def _arguments(node: Any, l2tobj: Any) -> str:
    """Text of an unknown command's arguments."""
    arguments = node.nodeargd.argnlist if node.nodeargd else []
    return "".join(l2tobj.nodelist_to_text([argument]) for argument in arguments if argument is not None)
