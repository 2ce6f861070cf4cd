"""Statements from a pipe or a file."""

from typing import TextIO

from kg.cli.console.session import Session
from kg.cli.console.text import is_complete


def perform(session: Session, lines: TextIO) -> None:
    """Runs the statements of a script, each as soon as its last line was read.

    Raises:
        CitegraphError: one failed; the ones after it are not run.
    """
    text = ""
    for line in lines:
        text += line
        if text.strip() and is_complete(text.removesuffix("\n")):
            session.perform(text)
            text = ""
    session.perform(text)
