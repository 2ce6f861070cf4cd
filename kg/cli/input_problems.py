"""What happens to a problem of an input on the command line."""

import typer

from kg.cli import output
from kg.errors import StrictError
from kg.sources import Problem

INCOMPLETE = 6
"""Exit code where all was done, but an input was left out or broke off."""


class ProblemPrinter:
    """Takes problems as they are found: prints each, or stops at the first."""

    def __init__(self, strict: bool) -> None:
        """Takes whether the first one stops the command."""
        self._strict = strict
        self._incomplete = False

    def __call__(self, problem: Problem) -> None:
        """Prints a problem.

        Raises:
            StrictError: the first one stops the command.
        """
        if self._strict:
            raise StrictError(f"{problem}; --strict stops here")
        output.problem(f"kg: {problem}")
        self._incomplete |= problem.whole

    def leave(self) -> None:
        """Ends a command that has done what it could: with its own exit code where an input was left out."""
        if self._incomplete:
            raise typer.Exit(INCOMPLETE)
