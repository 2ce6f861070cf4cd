"""Which paper introduced an entity: what all papers say about it together, where each alone says too much.

An abstract that proposes a variant of a known thing reads like one that introduces it. Whether the thing was known is
seen from the catalogue, which names the papers that introduced its entries, and from the months in which papers use it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from kg.link.papers.appearance import Appearance

COINS = 0.95
"""Confidence with which a paper's own words are believed that it coins a name, though others used it before."""
_EARLIER_SHARE = 0.2
"""Share of the other papers that may have used a name before the paper that coined it: their name is another one."""
_ALREADY_KNOWN = 2
"""Other papers that use a name no later than a paper which does not clearly coin it, so that it was known."""
_FIRST_MONTHS = 2
"""Months at the beginning of all papers in which it cannot be seen whether a name was used before."""


class Standing(StrEnum):
    """What the papers together say about one paper's part in an entity.

    `OWN`: the catalogue says that this paper introduced it. `TITLED`: its title announces the name, and nothing speaks
    against it. `AS_SAID`: nothing but its own text says it. `NAMESAKE`: it introduces something else of the same name.
    `KNOWN`: the entity was known before, and the paper does something else with it.
    """

    OWN = "own"
    TITLED = "titled"
    AS_SAID = "said"
    NAMESAKE = "namesake"
    KNOWN = "known"


class PaperUse(NamedTuple):
    """One paper's use of an entity.

    Attributes:
        paper: its key.
        appeared: when; None if unknown.
        coins: confidence (0 to 1) with which its text says that it introduces the entity; 0 where it does not.
        titled: whether its title announces the name.
    """

    paper: str
    appeared: Appearance | None
    coins: float
    titled: bool

    @property
    def is_clear(self) -> bool:
        """Whether the paper surely coins the name, for this entity or for another."""
        return self.coins > 0 and (self.titled or self.coins >= COINS)


def standings(
    uses: Sequence[PaperUse],
    own_papers: Collection[str] | None,
    catalogued: bool,
    begin: int,
    related: Callable[[str, str], bool],
) -> list[Standing | None]:
    """The standing of each paper that uses one entity; None for one that does not introduce it.

    Args:
        uses: of the entity, one for each paper.
        own_papers: papers of the graph that introduced it according to the catalogue, perhaps none; None where the
            catalogue does not say who did.
        catalogued: whether it is in the catalogue.
        begin: the first month in which any paper of the graph appeared.
        related: says of two papers, by their keys, whether the same people wrote them.
    """
    if own_papers is not None:
        return [Standing.OWN if use.paper in own_papers else _elsewhere(use) if use.coins else None for use in uses]
    found: list[Standing | None] = [_alone(use, uses, catalogued, begin, related) for use in uses]
    first = min(
        (place for place, standing in enumerate(found) if standing in {Standing.TITLED, Standing.AS_SAID}),
        key=lambda place: _rank(uses[place]),
        default=None,
    )
    if first is None or not uses[first].is_clear:
        return found
    for place, standing in enumerate(found):
        use = uses[place]
        if (
            place == first
            or standing not in {Standing.TITLED, Standing.AS_SAID}
            or related(use.paper, uses[first].paper)
        ):
            continue
        if use.is_clear or not _is_before(use, uses[first]):
            found[place] = _elsewhere(use)
    return found


def _rank(use: PaperUse) -> tuple[bool, bool, int, float, str]:
    """Sort key of the papers that may have introduced one entity, the likeliest first."""
    return (not use.titled, not use.is_clear, use.appeared.first if use.appeared else 0, -use.coins, use.paper)


def _is_before(one: PaperUse, other: PaperUse) -> bool:
    """Whether a paper certainly appeared before another."""
    return one.appeared is not None and other.appeared is not None and one.appeared.is_before(other.appeared)


def _elsewhere(use: PaperUse) -> Standing:
    """The standing of a paper that says it introduces what another introduced."""
    return Standing.NAMESAKE if use.is_clear else Standing.KNOWN


def _alone(
    use: PaperUse, uses: Iterable[PaperUse], catalogued: bool, begin: int, related: Callable[[str, str], bool]
) -> Standing | None:
    """The standing of a paper by when others use the entity, whoever else may introduce it."""
    if not use.coins and not use.titled:
        return None
    before, together, after = 0, 0, 0
    for other in uses:
        # Other papers of the same people do not show that others knew it; nor do those that coin the name themselves.
        if other.paper == use.paper or other.coins >= COINS or related(use.paper, other.paper):
            continue
        if _is_before(other, use):
            before += 1
        elif _is_before(use, other):
            after += 1
        else:
            together += 1
    others = before + together + after
    if not use.coins:
        # What its text does not say, a title says only of what nobody used before.
        return Standing.TITLED if not catalogued and not before else None
    if use.is_clear:
        if before > _EARLIER_SHARE * others:
            return Standing.NAMESAKE
        if catalogued and (before or use.appeared is None or use.appeared.first < begin + _FIRST_MONTHS):
            return Standing.NAMESAKE if others else Standing.AS_SAID
        return Standing.TITLED if use.titled else Standing.AS_SAID
    if catalogued and others:
        return Standing.KNOWN
    return Standing.KNOWN if before or together >= _ALREADY_KNOWN else Standing.AS_SAID


def authors_in_common(authors: Mapping[str, Collection[str]]) -> Callable[[str, str], bool]:
    """Says of two papers whether one author has written both, by the ids of the authors of each paper."""

    def related(one: str, other: str) -> bool:
        return not set(authors.get(one, ())).isdisjoint(authors.get(other, ()))

    return related
