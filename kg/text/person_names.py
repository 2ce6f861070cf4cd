"""One name of a person or group: its parts put in order, and what is no part of it taken off."""

import re
import tomllib
from importlib.resources import files
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(files("kg.text").joinpath("person_names.toml").read_text(encoding="utf-8"))
_NOBODY_EXACTLY = frozenset(WORDS["nobody_exactly"])
NOBODY = frozenset(WORDS["nobody"]) | _NOBODY_EXACTLY
"""What may stand for nobody, in lower case; see `is_nobody`."""
_NOBODY = frozenset(WORDS["nobody"])
_SUFFIXES = frozenset(WORDS["suffixes"])
_DEGREES = frozenset(WORDS["degrees"])
_COMPANIES = frozenset(WORDS["companies"])
_GROUPS = frozenset(WORDS["groups"])
_GROUPS_EXACTLY = frozenset(WORDS["groups_exactly"])

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĠĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŜŞŠŢŤŪŮŰŲŹŻŽА-ЯΑ-Ω"
_INITIALS = re.compile(rf"(?:(?:[{_CAPITAL}][a-zа-я]?\.|[{_CAPITAL}](?![^\W_]))[ -]?){{1,5}}|[{_CAPITAL}]{{1,3}}")
_BARE_INITIALS = re.compile(rf"[{_CAPITAL}]{{1,3}}")
_FIRST_INITIAL = re.compile(rf"[{_CAPITAL}]\.")
_LAST_INITIALS = re.compile(rf"[{_CAPITAL}]{{1,3}}|(?:[{_CAPITAL}]\.-?){{1,4}}")
# Two or three capitals that may as well be a family name: LI, XU, WANG is longer.
_SYLLABLE = re.compile(r"[B-DF-HJ-NP-TV-Z]{1,2}[AEIOU]|[B-DF-HJ-NP-TV-Z][AEIOU][NG]")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBERS = re.compile(r"(?:(?:(?<=[^\W\dA-Z_])|(?<=[^\W\d_]{3}))\d{1,3}|(?<=[^\W\d_]) (?:0\d{3}))$")
_NUMBER = re.compile(r"(?<=\S) \d{1,2}$")
_OTHERS = re.compile(
    r"(?:^| )(?:et\.? ?al(?:ii|iae)?\b|et coll\b|u\. ?a\.|(?:and |& )?(?:many |\d{1,4} )?(?:more |other |additional )?"
    r"(?:others|co-?authors|more)\b|\+ ?\d{1,4}(?: more| others?| authors?)?)[ .]{0,3}$",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r" ?(?:\.{3,4}|…)$")
_SPEAKING_FOR = re.compile(r"(?:(?:on|in) behalf of|representing|for|with) (?:the )?", re.IGNORECASE)
_LAST_DOT = re.compile(r"([^\W\d_]{3,})\.$")
_EDGES = ' ,;:·•|/"“”„«»`´–—_+=!?~^%@§&'


def bare(text: str) -> str:
    """A name without what is around it: blanks, punctuation, numbers of affiliations, "et al."; perhaps nothing."""
    while True:
        text, before = text.strip(_EDGES), text
        if len(text) > 1 and text[0] == text[-1] == "'":
            text = text[1:-1]
        text = _NUMBERS.sub("", _OTHERS.sub("", _ELLIPSIS.sub("", text)))
        if text.count(" ") > 1:
            text = _NUMBER.sub("", text)
        last = _LAST_DOT.search(text)
        if last and not is_suffix(last[1]) and last[1].lower() not in _COMPANIES:
            text = text[:-1]
        if text == before:
            return text


def is_nobody(name: str) -> bool:
    """Whether a name stands for nobody, such as Anonymous, or is none at all."""
    if name.strip(" .[]()").casefold() in _NOBODY or name in _NOBODY_EXACTLY:
        return True
    return not any(map(str.isalpha, name))


def is_suffix(part: str) -> bool:
    """Whether a part of a name is a generation, such as Jr. or III."""
    return part.rstrip(".").lower() in _SUFFIXES


def is_degree(part: str) -> bool:
    """Whether what stands between commas is a degree or a rank, such as PhD."""
    return part.rstrip(".").lower() in _DEGREES


def is_company_form(part: str) -> bool:
    """Whether what stands between commas is the legal form of a company, such as Inc."""
    return part.rstrip(".").lower() in _COMPANIES


def is_group(name: str) -> bool:
    """Whether a name is one of a group or an institution, by its words."""
    return any(word in _GROUPS_EXACTLY or word.strip(".,()").lower() in _GROUPS for word in name.split())


def is_initials(part: str) -> bool:
    """Whether a part of a name is initials only: A., A.-B., AB."""
    return not is_suffix(part) and _INITIALS.fullmatch(part) is not None


def begins_with_initial(part: str) -> bool:
    """Whether a name begins with an initial, as no family name does: A. Vass."""
    return _FIRST_INITIAL.match(part) is not None and not is_initials(part)


def is_east_asian(part: str) -> bool:
    """Whether a name is written in Chinese, Japanese or Korean, with the family name first."""
    return _EAST_ASIAN.search(part) is not None


def is_family_name(part: str) -> bool:
    """Whether a part may well be a family name alone: one word, perhaps with particles (van den) and Jr."""
    words = _without_suffix(part)
    return bool(words) and not words[-1][0].islower() and all(word[0].islower() for word in words[:-1])


def is_given_name(part: str) -> bool:
    """Whether a part may well be a given name alone: one word, perhaps with initials, or initials."""
    words = _without_suffix(part)
    return bool(words) and not words[0][0].islower() and all(is_initials(word) for word in words[1:])


def _without_suffix(part: str) -> list[str]:
    words = part.split()
    return words[:-1] if len(words) > 1 and is_suffix(words[-1]) else words


def in_order(family: str, given: str, suffix: str = "") -> str:
    """A name with the given name first: Ann Vass, A. B. Vass, Anna van den Oost, Ann Vass Jr.; 王伟."""
    words = given.split()
    if not suffix and len(words) > 1 and is_suffix(words[-1]):
        suffix, words = words[-1], words[:-1]
    # Vass AB has two initials, VASS LI one name in capitals.
    if len(words) == 1 and _BARE_INITIALS.fullmatch(words[0]) and not (len(words[0]) > 1 and family.isupper()):
        words = [f"{letter}." for letter in words[0]]
    given = " ".join(words)
    if is_east_asian(family) and is_east_asian(given) and " " not in family + given:
        return family + given
    return " ".join(filter(None, (given, family, suffix)))


def with_initials_first(names: list[str]) -> list[str] | None:
    """Names that all have their initials last (Vass A, Shaw NB: PubMed; Vass A.: Scopus) with these first, else None.

    Without dots, one name alone (Karthik R) may as well be a name as it is spoken, and so may short family names in
    capitals (Qing LI, Bo XU).
    """
    parts = [_initials_last(name) for name in names]
    initials = [part[1] for part in parts if part]
    if not names or len(initials) < len(names):
        return None
    if all("." not in one for one in initials) and (
        len(names) == 1 or all(_SYLLABLE.fullmatch(one) for one in initials)
    ):
        return None
    return [in_order(*part) for part in parts if part]


def _initials_last(name: str) -> tuple[str, str, str] | None:
    """The family name, the initials and the suffix of a name that has its initials last."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""
    if len(words) < 2 or not _LAST_INITIALS.fullmatch(words[-1]) or is_initials(words[0]) or is_group(name):
        return None
    return " ".join(words[:-1]), words[-1], suffix


def speaking_for(name: str) -> str:
    """The group in "on behalf of the Olm Collaboration"; any other name as it is."""
    found = _SPEAKING_FOR.match(name)
    return name[found.end() :] if found and is_group(name[found.end() :]) else name
