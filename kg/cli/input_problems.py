"""What the command line tells of the files that it reads, and does about what cannot be read."""

import typer

from kg.cli import output
from kg.errors import StrictError
from kg.sources import FileReport, Problem, folder_lines

INCOMPLETE = 6
"""Exit code of a command that did its work, but without an input that was left out or broke off."""

_SHOWN = 20
"""Problems of one file that are printed one by one."""


class ReadingPrinter:
    """Prints what comes up while inputs are read: problems, what files lacked, how many are no papers."""

    def __init__(self, strict: bool, verbose: bool) -> None:
        """Takes whether the first problem stops the command, and whether everything is told of, with counts."""
        self._strict = strict
        self._verbose = verbose
        self._incomplete = False
        self._file = ""
        self._problems = 0
        self._no_papers: list[FileReport] = []

    def problem(self, problem: Problem) -> None:
        """Prints a problem, if it is among the first of its file.

        Raises:
            StrictError: the first problem stops the command.
        """
        if self._strict:
            raise StrictError(f"{problem}; --strict stops here")
        if problem.file != self._file:
            self._print_more()
            self._file = problem.file
        self._problems += 1
        if problem.whole or self._verbose or self._problems <= _SHOWN:
            output.problem(f"kg: {problem}")
        self._incomplete |= problem.whole

    def file(self, report: FileReport) -> None:
        """Prints a line where there is something to say of a file that was read."""
        self._print_more()
        if report.format is None:
            self._no_papers.append(report)
            if self._verbose and report.folder is not None:
                output.problem(f"kg: {report.file}: no papers")
        elif line := report.line(whole=self._verbose):
            output.problem(f"kg: {line}")

    def end(self) -> None:
        """Prints a line for each folder that has files without papers, and ends with `INCOMPLETE` if that is due.

        Raises:
            typer.Exit: an input was left out or broke off.
        """
        self._print_more()
        for line in folder_lines(self._no_papers):
            output.problem(f"kg: {line}{'' if self._verbose else '; --verbose names them'}")
        if self._incomplete:
            raise typer.Exit(INCOMPLETE)

    def _print_more(self) -> None:
        """Counts the problems of the last file that were not printed one by one."""
        more = self._problems - _SHOWN
        if more > 0 and not self._verbose:
            output.problem(f"kg: {self._file}: {more:,} more problem{'s' * (more > 1)}; --verbose names each")
        self._file, self._problems = "", 0
