"""When papers appeared, as far as it is known, and which of two came first."""

from typing import NamedTuple

from kg.text.identifiers import arxiv_month


class Appearance(NamedTuple):
    """The first and last month in which a paper may have appeared, counted from the year 0."""

    first: int
    last: int

    def is_before(self, other: "Appearance") -> bool:
        """Whether it certainly appeared in an earlier month than another paper."""
        return self.last < other.first


def appearance(arxiv: str | None, published: str | None, year: int | None) -> Appearance | None:
    """When a paper appeared, or None where nothing says it.

    Args:
        arxiv: its arXiv id, in which the month of the first version stands.
        published: ISO 8601 date, as far as known; counts where there is no arXiv id.
        year: of first publication; counts where there is neither.
    """
    date = (arxiv_month(arxiv) if arxiv else None) or published or (str(year) if year else "")
    parts = date.split("-")
    if not parts[0].isdigit():
        return None
    start = 12 * int(parts[0])
    if len(parts) > 1 and parts[1].isdigit():
        month = start + int(parts[1]) - 1
        return Appearance(month, month)
    return Appearance(start, start + 11)
