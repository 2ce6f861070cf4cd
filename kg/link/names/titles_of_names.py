"""Names that a paper's title announces as its own: "X: …", "X Technical Report", "Introducing X"."""

import re

from kg.knowledge.patterns import lines
from kg.text.keys import name_key

_LONGEST = 60
_BEFORE_COLON = re.compile(rf"(?:(?:Introducing|The|A|An)\s+)?(?P<name>[^:]{{2,{_LONGEST}}}?)\s*:(?!\d)", re.IGNORECASE)
_REPORT = re.compile(
    rf"(?:(?:Introducing|The)\s+)?(?P<name>.{{2,{_LONGEST}}}?)\s+(?:(?:Technical|Tech|Research)\s+Report|(?:System|Model)\s+Card)\b",
    re.IGNORECASE,
)
_WORDS_READ = 5
"""Words of a title's second part that are looked at."""
_ABOUT_OTHERS = frozenset(lines("title_words/about_others.txt"))
_QUESTIONS = frozenset(lines("title_words/questions.txt"))


def announced_name(title: str) -> str | None:
    """The key of the name that a title announces, or None.

    A title whose second part speaks of a survey, an analysis or a question announces nothing.

    >>> announced_name("FooBench: Measuring Foo")
    'foobench'
    """
    report = _REPORT.match(title)
    if report:
        return name_key(report["name"]) or None
    found = _BEFORE_COLON.match(title)
    if not found:
        return None
    words = re.findall(r"[a-z]+", title[found.end() :].lower())[:_WORDS_READ]
    if not _ABOUT_OTHERS.isdisjoint(words) or not _QUESTIONS.isdisjoint(words[:1]):
        return None
    return name_key(found["name"]) or None
