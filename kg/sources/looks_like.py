"""What a file of no known format looks like, for the message that refuses it."""

import re

from kg.sources.head import Head
from kg.sources.record_shapes import shape

_LONGEST = 60

_MAGIC = (
    (b"%PDF", "a PDF: convert it to text or take its entry from a catalogue"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3\0", "an SQLite database: export its table as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save it as CSV or text"),
    (b"\x7fELF", "a program in machine code"),
    (b"{\\rtf", "a rich text (RTF): save it as text"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "compressed with xz: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x93NUMPY", "an array of NumPy"),
    (b"ARROW1", "an Arrow file: save it as Parquet"),
    (b"Obj\x01", "an Avro file: save it as Parquet or JSON"),
)
_ZIPPED = (
    (b"xl/", "a spreadsheet (xlsx): save it as CSV"),
    (b"word/", "a document (docx): save it as text"),
    (b"ppt/", "slides (pptx)"),
    (b"opendocument.spreadsheet", "a spreadsheet (ods): save it as CSV"),
    (b"opendocument.text", "a document (odt): save it as text"),
    (b"epub", "a book (epub)"),
)
_PATTERNS = tuple(
    (re.compile(pattern, re.MULTILINE), what)
    for pattern, what in (
        (r"\A(?:[^\n]*\n){0,9}TY {0,2}- ", "RIS"),
        (r"\A(?:[^\n]*\n){0,9}PMID ?- ", "PubMed's nbib"),
        (r"\A(?:[^\n]*\n){0,9}%0 \w", "EndNote's enw"),
        (r"\A(?:FN |VR |PT )[^\n]*\n(?:[^\n]*\n){0,5}(?:VR|PT|AU) ", "Web of Science's tagged text"),
        (
            r"^\s*@(?:comment|string|preamble|article|inproceedings|misc|book)\s*[{(]",
            "BibTeX without an entry that can be read",
        ),
        (r"\\documentclass|\\begin\{document\}", "a text in LaTeX"),
        (r"\A#!.*\b(?:ba|z|k|da)?sh\b", "a shell script"),
        (r"\A#!.*\bpython|^(?:def|class) \w+.*:\s*$|^(?:from [\w.]+ )?import [\w., ]+$", "a Python program"),
        (r"^\s*#\s*include\s*[<\"]", "a program in C or C++"),
        (r"^package [\w.]+;?$|^public (?:final )?(?:class|interface) ", "a program in Java, Go or the like"),
        (r"^(?:export |const |let |var |function |import .* from )|=> \{|\}\);\s*$", "a program in JavaScript"),
        (r"^(?:pub )?fn \w+.*\{$|^use [\w:]+;$", "a program in Rust"),
        (r"^(?:CREATE TABLE|INSERT INTO|SELECT .* FROM)\b", "SQL"),
        (r"\A(?:[^\n]*\n){0,20}(?:From|Subject|Message-ID): ", "an e-mail"),
        (r"^\[[\w. \"-]+\][ \t]*\n+[ \t]*[\w.-]+ ?= ?", "settings (INI or TOML)"),
        (r"\A(?:---\s*\n)?(?:#[^\n]*\n)*[\w-]+:(?: [^\n]*)?\n(?:[ -]|[\w-]+:)", "YAML"),
        (r"\A\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^\n]*\n\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d", "a log"),
    )
)
_MARKDOWN = re.compile(r"^#{1,6} \S|^```|^[ \t]*[-*] \[|\]\(https?://", re.MULTILINE)
_ROOT = re.compile(r"<(?![?!])([\w:.-]{1,60})")


def description(head: Head) -> str:
    """What a file looks like, in a few words, with what to do about it where something can be done.

    Args:
        head: the beginning of a file that no format fits.
    """
    raw, text = head.raw, head.text.lstrip("\ufeff \t\r\n")
    if raw.startswith(b"PK\x03\x04"):
        return next((what for mark, what in _ZIPPED if mark in raw), "a ZIP archive: unpack it first")
    known = next((what for magic, what in _MAGIC if raw.startswith(magic)), None)
    if known:
        return known
    if "\0" in text[:4096]:
        return "no text"
    if text.startswith("<"):
        return _marked_up(text)
    text = text[: 1 << 14]
    if head.records:
        return shape(head) or "JSON"
    pattern = next((what for pattern, what in _PATTERNS if pattern.search(text)), None)
    return (
        pattern
        or shape(head)
        or (_prose(text, "prose in Markdown") if _MARKDOWN.search(text) else _prose(text, "prose"))
    )


def _marked_up(text: str) -> str:
    if re.match(r"<!doctype html|<html|<(?:div|p|body|head|table|h[1-6])\b", text, re.IGNORECASE):
        return "an HTML page without a list or table of papers"
    root = _ROOT.search(text)
    return f"XML whose root is {root[1]}" if root else "XML"


def _prose(text: str, what: str) -> str:
    line = " ".join(text.split("\n", 1)[0].split())
    return f"{what} that begins {line[:_LONGEST]!r}" if line else what
