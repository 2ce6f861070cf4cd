"""Markup that titles and abstracts of catalogues carry: HTML, JATS, MathML."""

import html
import re

_DEEPEST = 4
"""How often a text may have been escaped."""

_ATTRIBUTES = r"(?:\s{1,3}[\w:-]{1,30}\s?=\s?(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}')){0,9}\s{0,3}/?>"
# Tags between words, of which a blank stays.
_BREAK = (
    r"</?(?:jats:(?:p|title|sec|list|list-item|label|break|disp-formula|disp-quote|def-list)"
    r"|p|br|div|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|sec|list|list-item|disp-formula|disp-quote)"
    rf"{_ATTRIBUTES}"
)
_BREAKS = re.compile(rf"{_BREAK}(?:\s*{_BREAK})*", re.IGNORECASE)
_WITHIN = re.compile(
    r"</?(?:(?:jats|mml|m):[a-z-]{1,30}|inline-(?:formula|graphic)|alternatives|tex-math|italic|bold|strong|underline"
    r"|sc|small|font|span|math|m(?:row|su[bp]|subsup|[ino]|text|frac|sqrt|root|over|under|underover|space|style|padded"
    r"|fenced|table|tr|td)|semantics|su[bp]|scp|em|tt|styled-content|named-content|ext-link|xref|a(?=\s)|(?<=/)a|[biu])"
    rf"{_ATTRIBUTES}",
    re.IGNORECASE,
)
# What goes with all that is within: comments, headings that say what the field is anyway, formulas for a second time.
_DROPPED = re.compile(
    r"<!--[^<>]{0,500}-->|<(?:jats:)?title>\s{0,20}(?:abstract|summary)\s{0,20}[.:]?\s{0,20}</(?:jats:)?title>"
    r"|<(?:mml:|m:)?annotation\s[^<>]{0,200}>[^<>]{0,2000}</(?:mml:|m:)?annotation>"
    r"|<(?:jats:)?tex-math(?:\s[^<>]{0,200})?>\s{0,20}\\documentclass[^<>]{0,5000}</(?:jats:)?tex-math>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<title>([^<>]{0,200})</title>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[([^\]]{0,20000})\]\]>")
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE | re.ASCII)


def without_markup(text: str) -> str:
    """A text without the tags and character references of HTML, JATS and MathML.

    Tags that are none of these, such as <Drawers>, and signs such as in a < b stay. Where a tag such as <br> stands
    between two words, a blank comes in its place.
    """
    if "&" in text:
        text = without_references(text)
    if "<" not in text:
        return text
    plain = _HEADING.sub(r"<sec>\1<sec>", _DROPPED.sub("", _CDATA.sub(r"\1", text)))
    plain = _WITHIN.sub("", _BREAKS.sub(_blank, plain))
    return text if plain == text else plain.strip()


def without_references(text: str) -> str:
    """A text with the characters that its references (`&amp;`, `&#233;`) name, also where they were escaped again."""
    for _ in range(_DEEPEST):
        plain = _CHARACTER.sub(lambda reference: html.unescape(reference[0]), text)
        if plain == text:
            break
        text = plain
    return text


def _blank(tags: re.Match[str]) -> str:
    """A blank if the tags stand between two words."""
    before, after = tags.string[tags.start() - 1 : tags.start()], tags.string[tags.end() : tags.end() + 1]
    return " " if before.strip() and after.strip() else ""
