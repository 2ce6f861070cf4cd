"""What is no listing of papers is refused, whatever it looks like."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.sources import read

LICENCE = """Elm Licence

Copyright (c) 2021 Bo Shaw

Whoever has this program may run it, change it and give it to others, for money or not, as long as this text goes with it.

This text must stay with larger parts of the program as well.

THERE IS NO PROMISE THAT THE PROGRAM IS OF ANY USE, AND NOBODY WHO WROTE IT OR GAVE IT ON ANSWERS FOR WHAT IT DOES OR DOES
NOT DO, NOR FOR DATA, TIME OR PAPER THAT IS LOST WHILE IT IS USED.
"""
LICENCE_OF_PARTS = """Preamble

We wrote this licence so that those who fold paper can share how they do it, and so that what was shared stays free for all
who come later, whatever they make of it and wherever they live.

Terms and Conditions

You may hand on copies of the folds as you received them, in any medium, provided that you hand on this notice with them, and
that you say plainly where you changed them and on which day you did so.
"""
CHANGES = """Changelog

0.3 (Mar 4, 2024)

Fixed the folder that was left open when paper ran out, thanks to Cy Parr, who also wrote the test for it and the page about
it in the manual. We show a warning now.

0.2 (Feb 1, 2024)

Added boats. This is a large change, and whoever has files of version 0.1 must convert them with the new command before
they can be opened again.
"""
README = """# Cranefold

Cranefold folds paper cranes from the command line. It was made for our paper on [folding](https://arxiv.org/abs/2306.99991).

## Installation

- Install it: `pip install cranefold`
- Read the [documentation](https://cranefold.example/manual.pdf)

## Features

- Fast: a crane a second
- Small: no dependency
- [Tested](https://ci.example/cranefold) on three systems

## Citation

If you use it, please cite [One Way to Fold Paper Cranes](https://arxiv.org/abs/2306.99991).
"""
MANUAL = """CRANE(1)                          User Commands                         CRANE(1)

NAME
       crane - fold paper cranes

SYNOPSIS
       crane [OPTION]... [SHEET]...

DESCRIPTION
       Fold each SHEET into a crane.  With no SHEET, or when SHEET is -, read the
       standard input.  We present the options in the order of their age.

       -a, --all
              fold all sheets, also those that begin with a dot
"""
MAIL = """From: Ann Vass <ann@folds.example>
To: Bo Shaw <bo@folds.example>
Date: Mon, 4 Mar 2024 10:00:00 +0000
Subject: The cranes

Dear Bo,

the cranes have arrived, and they are larger than we thought. We show them in the hall next to the boats, where there is
more light in the morning and where nobody opens a window.

Yours, Ann
"""
CHAT = """Ann Vass
Mar 4
Has anybody seen the red sheets? I looked on both shelves and below the table, and there is nothing left but green ones.
Bo Shaw
Mar 4
They are in the box at the door. I put them there on Friday when the shelves were cleaned, and then forgot to say so.
Cy Parr
Mar 5
Thank you both. I took ten of them for the frogs, so that somebody should buy new ones before the course begins next week.
"""
PROGRAM = '''"""Folds cranes."""

import sys


def fold(sheet: str) -> str:
    """We propose a fold that is as good as the state of the art."""
    return sheet[::-1]


if __name__ == "__main__":
    print(fold(sys.argv[1]))
'''
BOOK = """The House by the Water

It was in the autumn of that year that Ann first saw the house, and she did not like it. We study such houses now, her
brother said, and we find that they were all built by one man.

How the Cranes Came Back

Nobody had seen a crane since the war. When the first of them came down behind the mill, half the village stood along the
wall in silence, and even the miller, who liked nothing, took off his hat.

What the Miller Knew of It

He had folded them himself, out of the paper in which the flour came, on the long evenings when the wheel stood still.
"""
ROWS = (
    'Name,Site,Notes\nCrane,folds.example,"We propose to fold it twice, which is a long way to say that it is nice"\n'
    * 4
)
RIS = "TY  - JOUR\nTI  - One Way to Fold Paper Cranes\nAU  - Vass, Ann\nPY  - 2023\nAB  - We fold cranes.\nER  - \n" * 2
LOG = "".join(
    f"2024-03-0{n} 10:00:0{n} INFO folder: sheet {n} was folded into a crane in 1.{n} seconds, {n} left\n"
    for n in range(9)
)
TABLE_OF_TOOLS = """# Tools

| Name | Site | Licence |
| --- | --- | --- |
| Cranefold | [folds.example](https://folds.example) | MIT |
| Boatfold | [boats.example](https://boats.example) | Elm |
"""
TABLE_OF_FILMS = """| Title | Year |
| --- | --- |
| The Crane | 1931 |
| The Boat | 1932 |
"""
GLOSSARY = """- **Crane**: a bird, or what is folded of paper. See [the manual](https://folds.example/manual).
- **Boat**: what floats (2019).
- **Valley fold**: the sheet is turned towards you, as Ann Vass does it.
"""
TEXTS = {
    "licence": LICENCE,
    "licence of parts": LICENCE_OF_PARTS,
    "changes": CHANGES,
    "readme": README,
    "manual": MANUAL,
    "mail": MAIL,
    "chat": CHAT,
    "program": PROGRAM,
    "book": BOOK,
    "rows": ROWS,
    "log": LOG,
    "table of tools": TABLE_OF_TOOLS,
    "glossary": GLOSSARY,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("times", [1, 3])
def test_it_is_refused(tmp_path: Path, name: str, times: int) -> None:
    file = tmp_path / "input.txt"
    file.write_text("\n".join([TEXTS[name]] * times))
    with pytest.raises(InputError, match="of no known format"):
        list(read([file], pytest.fail))
