"""Similar spellings, for suggestions where a name is not known."""

from collections.abc import Iterable


def closest(text: str, choices: Iterable[str], limit: int, least: float) -> list[str]:
    """The choices that are spelled most like a text.

    Args:
        text: what was written.
        choices: what may have been meant.
        limit: how many are given at most.
        least: least similarity, 0 to 1: twice the length of the longest common subsequence, divided by the length of
            both texts (normalised indel similarity).

    Returns:
        The most similar first; ties in the order of the alphabet.
    """
    # Imported here because only what goes wrong needs it.
    from rapidfuzz import fuzz, process

    found = process.extract(text, sorted(choices), scorer=fuzz.ratio, limit=limit, score_cutoff=100 * least)
    return [choice for choice, _, _ in found]
