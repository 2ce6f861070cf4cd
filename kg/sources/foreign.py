"""Formats of other distributions, whose faults cost the input at hand and nothing else."""

from collections.abc import Callable, Iterator

from kg.schema import Paper
from kg.sources.base import Fit, Format
from kg.sources.head import Head
from kg.sources.mapping import text
from kg.sources.problems import Problem
from kg.sources.streams import Source


class Foreign:
    """A format that somebody else wrote."""

    def __init__(self, name: str, format_: Format, on_problem: Callable[[Problem], None]) -> None:
        """Takes the format under the name of its entry point.

        Raises:
            AttributeError: it lacks something that a format has.
        """
        self.NAME = name
        self.DESCRIPTION = format_.DESCRIPTION
        self._recognises = format_.recognises
        self._read = format_.read
        self._on_problem = on_problem

    def recognises(self, head: Head) -> Fit:
        """How well a file that begins so is of this format."""
        try:
            return Fit(self._recognises(head))
        except Exception as error:
            self._on_problem(Problem(self.NAME, None, f"the format cannot look at files: {_said(error)}"))
            return Fit.NONE

    def read(self, source: Source) -> Iterator[Paper | Problem]:
        """Reads what it reads, as far as that can be stored."""
        try:
            for item in self._read(source):
                if not isinstance(item, Paper | Problem):
                    raise TypeError(f"{type(item).__name__} is neither a paper nor a problem")
                if isinstance(item, Problem) or (text(item.title) and (not item.abstract or text(item.abstract))):
                    yield item
                else:
                    message = f"the format {self.NAME} gave a title or abstract that is no text; record left out"
                    yield Problem(source.file, None, message)
        except Exception as error:
            message = f"the format {self.NAME} failed: {_said(error)}; the rest of the file is left out"
            yield Problem(source.file, None, message, whole=True)


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
