"""Markup that titles and abstracts of catalogues carry: HTML, JATS, MathML."""

import html
import re

_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z-]{1,30}|inline-formula|tex-math|italic|bold|strong|span|math|m(?:row|su[bp]|[ino])|su[bp]"
    r"|scp|em|tt|br|[biup])(?:\s[\w:-]{1,30}=\"[^\"<>]{0,200}\"){0,9}/?>",
    re.IGNORECASE,
)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE | re.ASCII)


def without_markup(text: str) -> str:
    """A text without the tags and character references of HTML, JATS and MathML."""
    if "&" in text:
        text = _CHARACTER.sub(lambda reference: html.unescape(reference[0]), text)
    return _TAG.sub("", text) if "<" in text else text
