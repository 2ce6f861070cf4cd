"""Comparison keys: the normal forms under which written names and titles are the same."""

import hashlib
import re
import unicodedata

from kg.text.markup import without_markup

# TeX commands for fonts, accents and symbols: their Unicode equivalents are not part of a key either.
_TEX = re.compile(
    r"\\(?:(?:(?:text|math)(?:bf|it|tt|sc|rm|sf|bb|cal|frak|scr|up|normal|superscript|subscript)?|emph|boldsymbol|bm"
    r"|underline|operatorname|ensuremath|mbox|bf|it|em|rm|tt|sc|small|left|right|xspace|star|circ|cdot|pm|neq?|to"
    r"|(?:right|left|leftright)arrow|sim|approx|[lg]eq?|l?dots|infty|times)(?![A-Za-z])"
    r"|var(?=epsilon|theta|pi|rho|sigma|phi)|el(?=l(?![A-Za-z]))|[cvuHrkdb](?=[\s{]))"
)
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon"
)
# Greek letters by their TeX names, and letters that Unicode normalisation does not decompose.
_LETTERS = {
    ord(letter): name
    for place, name in enumerate(_GREEK.split())
    for letter in {chr(ord("α") + place), chr(ord("α") + place).upper()}
} | str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"})

_DOTS = re.compile(r"(?<!\d)\.|\.(?!\d)")
_BETWEEN = re.compile(r"(?:[^\w.+]|_)+")
_LONGEST = 300

_SEPARATORS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.+]|_")


def _fold(text: str) -> str:
    """Compatibility forms unified, accents dropped, lower case."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch)).casefold()


def name_key(name: str) -> str:
    """The letters, digits and plus signs of a name in lower case: CIFAR-10, "Cifar 10" and CIFAR10 share `cifar10`.

    A dot between digits stays, so that OPT-1.3B is not OPT-13B. A name without any of these keeps its folded text.
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    folded = _fold(name)
    kept = _SEPARATORS.sub("", folded)
    return kept if any(ch.isalnum() for ch in kept) else folded.strip()


def slug(name: str) -> str:
    """A name as a readable part of an id or URL: lower-case words joined by hyphens, such as `llama-3.1`.

    Plus signs and dots between digits stay. A name over 300 characters is cut, with a digest of the whole behind it.
    """
    if name.isascii() and name.isalnum() and len(name) <= _LONGEST:
        return name.lower()
    folded = _DOTS.sub(" ", _fold(name))
    found = _BETWEEN.sub("-", folded).strip("-") or "-"
    if len(found) > _LONGEST:
        # Engines limit the length of keys; the digest keeps two long names apart.
        found = f"{found[:_LONGEST]}-{hashlib.sha256(found.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return found


def title_key(title: str) -> str:
    r"""Comparison key of a title: its letters and digits in lower case, without markup.

    `$\alpha$-VAE`, `α-VAE` and `alpha-VAE` share a key, and so do `\textbf{X}`, `<b>X</b>` and `X`.
    """
    title = _TEX.sub("", without_markup(title))
    return name_key(title if title.isascii() else unicodedata.normalize("NFKC", title).translate(_LETTERS))


def paper_key(title: str, arxiv: str | None = None, doi_: str | None = None) -> str:
    """The graph's key of a paper: arXiv id, else DOI, else `title/` and its slug."""
    return arxiv or doi_ or f"title/{slug(title)}"
