"""Regular expressions made of word lists in `kg/knowledge/lexicon`, in which a blank stands for any white space."""

import re

from kg.knowledge.patterns import lines


def spaced(pattern: str) -> str:
    """The pattern with every blank standing for any white space."""
    return re.sub(r" (?![?*+{])", r"\\s+", pattern)


def cased(pattern: str) -> str:
    """The pattern, in any case unless it has a capital letter."""
    return spaced(pattern) if re.search(r"(?<!\\)[A-Z]", pattern) else f"(?i:{spaced(pattern)})"


def alternatives(file: str, words: dict[str, str] | None = None) -> str:
    """One pattern of all lines of a file, in which each of `words` is replaced by its pattern."""
    pattern = spaced("|".join(lines(file)))
    for name, value in (words or {}).items():
        pattern = pattern.replace(name, value)
    return pattern


def at_end(file: str, words: dict[str, str] | None = None) -> re.Pattern[str]:
    """Searches for one of a file's patterns at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{alternatives(file, words)})\s*$", re.IGNORECASE)


def at_start(file: str, words: dict[str, str] | None = None) -> re.Pattern[str]:
    """Matches one of a file's patterns at the start of a text."""
    return re.compile(rf"[\s-]*(?:{alternatives(file, words)})(?!\w)", re.IGNORECASE)


def hedges_at_end() -> re.Pattern[str]:
    """Searches for words at the end of a text that change nothing about the figure after it: "up to", "about"."""
    return re.compile(rf"(?:\s|(?<![\w.])(?:{alternatives('figure_words/hedges.txt')})(?=[\s~≈+]|$))*$", re.IGNORECASE)
