"""What a check-up returns."""

from collections.abc import Callable, Iterator

from pydantic import BaseModel, Field

from kg.errors import VersionError

BUILD = "run `kg build`: it makes graph and index from the archive"
RESUME = "run `kg build` again with the same input: it goes on where it was interrupted"
UPGRADE = "upgrade citegraph"

CheckProgress = Callable[[str, int, int | None], None]
"""Called with what is being checked, how much of it is done, and how much there is, where that is known."""

_EXAMPLES = 3


class Finding(BaseModel):
    """Something that is wrong."""

    about: str = Field(description="folder, archive, graph, index or corrections")
    found: str = Field(description="what is wrong, with examples")
    advice: str = Field(description="what to do")


class Checkup(BaseModel):
    """What was checked, and what was found."""

    store: str
    data: str | None
    building: bool = Field(description="a build was running: what it has not finished is no finding")
    checked: dict[str, int] = Field(description="how many of each kind were checked")
    findings: list[Finding]
    notes: list[str] = Field([], description="what is not wrong, but good to know")


def summary(about: str, problems: list[str], advice: str) -> Iterator[Finding]:
    """One finding for several problems, with the first few as examples; none if there are no problems."""
    if problems:
        more = f", and {len(problems) - _EXAMPLES:,} more like this" if len(problems) > _EXAMPLES else ""
        yield Finding(about=about, found="; ".join(problems[:_EXAMPLES]) + more, advice=advice)


def advice_on(error: Exception, advice: str) -> str:
    """What to do about an error: the given advice, unless another version of citegraph wrote what cannot be read."""
    if isinstance(error, VersionError):
        return UPGRADE if error.newer else BUILD
    return advice
