"""What a check-up gives."""

from collections.abc import Callable, Iterator

from pydantic import BaseModel, Field

from kg.archive import Build
from kg.errors import VersionError

AGAIN = "run `kg build`: it makes graph and index from the archive"
GOES_ON = "run `kg build` again with the same input: it goes on where it was interrupted"

UPGRADE = "upgrade citegraph"

OnProgress = Callable[[str, int, int | None], None]
"""Called with what is being checked, how much of it is done, and how much there is, where that is known."""

_EXAMPLES = 3


class Finding(BaseModel):
    """Something that is not as it should be."""

    about: str = Field(description="folder, archive, graph, index or corrections")
    found: str = Field(description="what is wrong, with examples")
    advice: str = Field(description="what to do")


class Checkup(BaseModel):
    """What was checked, and what was found."""

    store: str
    data: str | None
    building: bool = Field(description="a build was writing meanwhile: what it has not finished yet is no finding")
    checked: dict[str, int] = Field(description="how much of each kind was looked at")
    findings: list[Finding]
    notes: list[str] = Field([], description="what is not wrong, but good to know")


def grouped(about: str, wrong: list[str], advice: str) -> Iterator[Finding]:
    """One finding for many of a kind."""
    if wrong:
        more = f", and {len(wrong) - _EXAMPLES:,} more like this" if len(wrong) > _EXAMPLES else ""
        yield Finding(about=about, found="; ".join(wrong[:_EXAMPLES]) + more, advice=advice)


def advice_on(error: Exception, advice: str) -> str:
    """What to do about an error: what another version wrote needs something else than what is damaged."""
    if isinstance(error, VersionError):
        return UPGRADE if error.newer else AGAIN
    return advice


def last_finished(builds: list[Build]) -> Build | None:
    """The last build that was made to its end."""
    return next((build for build in reversed(builds) if build.finished), None)
