"""What a refused file looks like, in words."""

import io
import zipfile

import pytest

from kg.sources import Head
from kg.sources.looks_like import description


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (zipped("xl/workbook.xml"), "a spreadsheet (xlsx): save it as CSV"),
        (zipped("word/document.xml"), "docx"),
        (zipped("a.txt"), "ZIP"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x89PNG\r\n", "an image"),
        (b"\0\1\2" * 99, "no text"),
        (b"TY  - JOUR\nTI  - x\n", "RIS"),
        (b"PMID- 1\nTI  - x\n", "nbib"),
        (b"%0 Journal Article\n%T x\n", "enw"),
        (b"<!DOCTYPE html><html><p>x</p>", "HTML"),
        (b"<?xml version='1.0'?><catalogue><item/></catalogue>", "XML whose root is catalogue"),
        (b'{"name": "crane", "site": "x"}', "fields name, site"),
        (b"import sys\n\n\ndef fold(x):\n    return x\n", "a Python program"),
        (b"#!/bin/sh\necho x\n", "a shell script"),
        (b"#include <stdio.h>\nint main() {}\n", "C or C++"),
        (b"From: Ann\nTo: Bo\nSubject: Cranes\n\nHello\n", "an e-mail"),
        (
            b"Name,Site,Notes\nCrane,x,y\nBoat,z,w\n",
            "columns Name, Site, Notes; no column is a title: call the one with titles `title`",
        ),
        (b"name\tsite\na\tb\n", "columns name, site"),
        (b"# Cranefold\n\nIt folds.\n\n## Usage\n", "prose in Markdown that begins '# Cranefold'"),
        (b"Olm Licence\n\nYou may fold it.\n", "prose that begins 'Olm Licence'"),
        (b"\\documentclass{article}\n\\begin{document}\n", "LaTeX"),
        (b"name: crane\nsteps:\n  - fold\n", "YAML"),
        (b"2024-03-01 10:00:00 INFO a\n2024-03-01 10:00:01 INFO b\n", "a log"),
        (b"[crane]\nname = 1\n", "settings"),
    ],
)
def test_it_is_said_in_a_few_words(raw: bytes, words: str) -> None:
    said = description(Head(raw))
    assert words in said
    assert "\n" not in said
    assert len(said) < 300
