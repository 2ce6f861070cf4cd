"""What the command line does about input that cannot be read."""

import typer

from kg.cli import output
from kg.errors import StrictError
from kg.sources import Problem

INCOMPLETE = 6
"""Exit code of a command that did its work, but without an input that was left out or broke off."""


class ProblemPrinter:
    """Prints each problem when it is found, or stops at the first."""

    def __init__(self, strict: bool) -> None:
        """Takes whether the first problem stops the command."""
        self._strict = strict
        self._incomplete = False

    def __call__(self, problem: Problem) -> None:
        """Prints a problem.

        Raises:
            StrictError: the first problem stops the command.
        """
        if self._strict:
            raise StrictError(f"{problem}; --strict stops here")
        output.problem(f"kg: {problem}")
        self._incomplete |= problem.whole

    def exit_if_incomplete(self) -> None:
        """Ends the command with the exit code `INCOMPLETE` if an input was left out or broke off."""
        if self._incomplete:
            raise typer.Exit(INCOMPLETE)
