"""Formats added by other distributions; an error in one only costs the input being read."""

from collections.abc import Callable, Iterator

from kg.schema import Paper
from kg.sources.format import Fit, Format
from kg.sources.head import Head
from kg.sources.mapping import text
from kg.sources.problems import Problem
from kg.sources.streams import Source


class PluginFormat:
    """A format from another distribution, with its errors turned into problems."""

    def __init__(self, name: str, format_: Format, on_problem: Callable[[Problem], None]) -> None:
        """Takes the format under the name of its entry point.

        Raises:
            AttributeError: it lacks an attribute that a format needs.
        """
        self.NAME = name
        self.DESCRIPTION = format_.DESCRIPTION
        self._recognises = format_.recognises
        self._read = format_.read
        self._on_problem = on_problem

    def recognises(self, head: Head) -> Fit:
        """How well a file with this beginning fits; a format that fails does not fit."""
        try:
            return Fit(self._recognises(head))
        except Exception as error:
            self._on_problem(Problem(self.NAME, None, f"the format cannot look at files: {_one_line(error)}"))
            return Fit.NONE

    def read(self, source: Source) -> Iterator[Paper | Problem]:
        """Yields what the format reads, as far as it can be stored."""
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
            message = f"the format {self.NAME} failed: {_one_line(error)}; the rest of the file is left out"
            yield Problem(source.file, None, message, whole=True)


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
