"""What reading a file came to: how many papers, what no record had, and which of its fields were not used."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from kg.schema import Paper

_SHOWN = 8
"""Fields that a line names; the others are counted."""


class FileReport(BaseModel):
    """What reading one file came to."""

    model_config = ConfigDict(frozen=True)

    file: str
    folder: str | None = None
    """The folder that was named, where the file was found in one."""
    format: str | None = None
    """Name of its format; None where it holds no papers, as far as anyone can tell."""
    papers: int = 0
    problems: int = 0
    """Records and parts of it that could not be read."""
    lacking: tuple[str, ...] = ()
    """What not one of its papers has: year, authors, abstract, id."""
    unused: dict[str, int] = {}
    """Fields that were not used, each with the number of records that have it."""

    def line(self, *, whole: bool = False) -> str | None:
        """One line that says what was lacking and not used; None where there is nothing to say.

        Args:
            whole: also says how many papers and problems there were, and names every field with its count.
        """
        parts = [
            _counted(self.papers, "paper", self.format),
            *([_counted(self.problems, "problem")] * bool(self.problems)),
        ]
        said = parts if whole else []
        if self.lacking:
            said.append(f"no record has {_listed(self.lacking)}")
        if self.unused:
            said.append(f"fields not used: {self._fields(whole)}")
        return f"{self.file}: {'; '.join(said)}" if said else None

    def _fields(self, whole: bool) -> str:
        if whole:
            return ", ".join(f"{name} ({count:,})" for name, count in self.unused.items())
        names = list(self.unused)
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return ", ".join(names[:_SHOWN]) + more


class Lack:
    """Notes of papers, one after the other, what not one of them has."""

    def __init__(self) -> None:
        """Starts with everything lacking."""
        self.papers = 0
        self._year = self._authors = self._abstract = self._id = False

    def add(self, paper: Paper) -> None:
        """Takes the next paper."""
        self.papers += 1
        self._year = self._year or paper.year is not None
        self._authors = self._authors or bool(paper.authors or paper.author_count)
        self._abstract = self._abstract or bool(paper.abstract)
        self._id = self._id or bool(paper.arxiv_id or paper.doi or paper.ids)

    def names(self) -> tuple[str, ...]:
        """What no paper has; nothing where there was no paper."""
        had = {"a year": self._year, "authors": self._authors, "an abstract": self._abstract, "an id": self._id}
        return tuple(name for name, seen in had.items() if not seen) if self.papers else ()


def folder_lines(reports: Iterable[FileReport]) -> list[str]:
    """A line for each folder that was named, with the number of its files that hold no papers."""
    counts: dict[str, int] = {}
    for report in reports:
        if report.folder is not None and report.format is None:
            counts[report.folder] = counts.get(report.folder, 0) + 1
    return [
        f"{folder}: {count:,} files are no papers" if count > 1 else f"{folder}: one file is no paper"
        for folder, count in counts.items()
    ]


def _counted(count: int, noun: str, format_: str | None = None) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}{f' ({format_})' if format_ else ''}"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
