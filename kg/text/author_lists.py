"""Authors as sources write them, in one text, in lists or in objects, as names with the given name first."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from kg.text.markup import without_markup, without_references
from kg.text.person_names import (
    NOBODY,
    WORDS,
    bare,
    begins_with_initial,
    in_order,
    is_company_form,
    is_degree,
    is_east_asian,
    is_family_name,
    is_given_name,
    is_group,
    is_initials,
    is_nobody,
    is_suffix,
    speaking_for,
    with_initials_first,
)
from kg.text.tex import text_of_tex

_FIELDS: dict[str, list[str]] = WORDS["fields"]
_OTHER_ROLES = frozenset(WORDS["other_roles"])
_DEEPEST = 5
"""How deep lists and objects may lie in one another."""

# Characters that may need a look, in names that stand on lines of their own, and what else may.
_NOT_PLAIN = re.compile(r"[^A-Za-zÀ-ÖØ-öø-ɏ .'’\n-]")
_ODD = re.compile(r"\n[ \n.'-]|[ .]\n|  |\.\.| and | et |\net |et\.| the |n behalf ")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")

# What is no part of names, in texts of one or more of them.
_RAISED = re.compile(
    r"<(?:jats:)?sup(?:\s[^<>]{0,100})?>[^<>]{0,100}</(?:jats:)?sup>|\$[^$]{0,100}\$"
    r"|\\(?:textsuperscript|thanks|footnote(?:mark|text)?|inst|fnref|fnm|corref|orcid(?:link|ID)?|altaffilmark)(?![A-Za-z])"
    r"(?:\[[^\]]{0,100}\])?(?:\{(?:[^{}]|\{[^{}]{0,100}\}){0,200}\})?"
    r"|\^\{[^{}]{0,100}\}|\^[\w*†‡]{1,3}|[*†‡§¶∗⋆★☆✉✝✦♠♣♦♥♯#⁎⁑✱⊕⊗◦¹²³⁰ⁱ⁴-⁹ⁿ\u1d2c-\u1d6a\u200b-\u200f\ufeff]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"<?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}>?|https?://[^\s,;]{1,300}|\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r" ?(?:\(([^()]{0,300})\)|\[([^\[\]]{0,300})\])")
_NICKNAME = re.compile(r"[^\W\d_]{2,15}")
# Ids of people on OpenReview: ~Ann_Vass1.
_PROFILE = re.compile(r"~((?:[^\W\d_]|-){1,40}(?:_(?:[^\W\d_]|-){1,40}){1,6})\d{1,4}\b")
_SPACE = re.compile(r"\\[, ]|(?<!\\)~|[\u00a0\u2000-\u200a\u3000]")
_PUNCTUATION = str.maketrans("，、；：（）［］＆", ",,;:()[]&")
_BEFORE = re.compile(r"(?:authors?\s?:|(?:written )?by\s)\s?", re.IGNORECASE)
_COLON = re.compile(r"([^:;,]{3,100}?) ?: ")

_BETWEEN = re.compile(r"[;|]| [•·/] ")
_AND = re.compile(r",? (?:and|&) (?:and )?|^and |^& | and$", re.IGNORECASE)
_OF = re.compile(" (?:of|for) ")
_BRACE = re.compile(r"(?<!\\)[{}]")
_PARTED = re.compile(r"[ ,;&|\n]")
_STAND_INS = range(0xE000, 0xF8FF)
"""Characters that stand for what braces keep together: no text has these itself."""
_STAND_IN = re.compile("[\ue000-\uf8ff]")
_NAME_PART = re.compile(
    r" ?(family|given|prefix|suffix|useprefix|(?:family|given|prefix|suffix)-i|sortname|id) ?= ?", re.IGNORECASE
)

_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_PYTHON = re.compile(rf"({_QUOTED})(\s+(?=['\"]))?|\b(None|nan|NaN|NA|True|False)\b|[()]", re.DOTALL)
_JSON_WORDS = {"True": "true", "False": "false", "(": "[", ")": "]"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)


def author_names(value: object) -> tuple[str, ...]:
    """The names of authors in what a source gives as authors, given names first, each once.

    Groups keep their name as it is; marks, numbers, affiliations in brackets and addresses are left out, and so is
    what stands for nobody (Anonymous).

    Args:
        value: a text of one or more names in any usual style, also JSON or a list of Python in a text, a list of texts,
            of objects or of [last, first, suffix], or an object.
    """
    if isinstance(value, list) and _is_plain(value):
        return tuple(dict.fromkeys(value))
    return _unique(_people(value, _DEEPEST))


def bibtex_author_names(value: str) -> tuple[str, ...]:
    r"""The names in a field of BibTeX, given names first, each once; see `author_names`.

    Names are separated by `and`, or by what else people write there. What stands in braces is kept together, so the
    field should still have its braces; TeX in it is turned into text.
    """
    return _unique(_in_text(value, bibtex=True))


def organization_names(value: object) -> tuple[str, ...]:
    """The names of organisations in a text, a list or objects, each once."""
    if isinstance(value, str):
        listed = _listed(value)
        if listed is None:
            parts = _BETWEEN.split(value.replace("\n", ";"))
            value = parts if len(parts) > 1 else re.split(r" ?, (?!(?:Inc|Ltd|LLC|Corp)\b)", value)
        else:
            value = listed
    return _unique(_organizations(value, _DEEPEST))


def _organizations(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield without_markup(value)
    elif isinstance(value, list | tuple) and depth:
        for one in value:
            yield from _organizations(one, depth - 1)
    elif isinstance(value, Mapping) and depth:
        fields = {_field(str(name)): each for name, each in value.items()}
        yield from _organizations(next((fields[name] for name in _FIELDS["name"] if fields.get(name)), None), depth - 1)


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    found = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(name for name in found if not is_nobody(name) and not _NO_TEXT.search(name)))


def _is_plain(names: list[Any]) -> bool:
    """Whether a list is of names that are clean already, as nearly all are."""
    try:
        text = "\n".join(names)
    except TypeError:
        return False
    if _NOT_PLAIN.search(text):
        return False
    text = f"\n{text.lower()}\n"
    return not _ODD.search(text) and NOBODY.isdisjoint(text.split("\n"))


def _people(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        listed = _listed(value)
        yield from _in_text(value) if listed is None else _people(listed, depth - 1)
    elif not depth:
        return
    elif isinstance(value, Mapping):
        yield from _in_object(value, depth)
    elif isinstance(value, list | tuple):
        if len(value) == 1 and isinstance(value[0], str):
            # Scrapers put all authors into the one text of a list.
            yield from _in_text(value[0], alone="," not in value[0])
            return
        for one in value:
            if isinstance(one, str):
                yield from _in_text(one, alone=True)
            elif isinstance(one, list | tuple) and len(one) > 1 and all(isinstance(part, str) for part in one[:3]):
                yield from _in_parts(*map(_clean, one[:3]))
            else:
                yield from _people(one, depth - 1)


def _in_parts(family: str, given: str, suffix: str = "") -> Iterator[str]:
    """The name in [last, first, suffix], or the first of [name, affiliation]."""
    if is_group(given) and " " in family:
        yield bare(family)
    elif family or given:
        yield in_order(bare(family), bare(given), suffix.strip() if is_suffix(suffix.strip()) else "")


def _in_object(value: Mapping[Any, Any], depth: int) -> Iterator[str]:
    """The name in an object of any of the usual kinds."""
    fields = {_field(str(name)): each for name, each in value.items()}

    def first(kind: str) -> str:
        return next((found for name in _FIELDS[kind] if (found := _clean(_plain(fields.get(name))))), "")

    if any(_field(str(fields[name])) in _OTHER_ROLES for name in _FIELDS["role"] if fields.get(name)):
        return
    if whole := first("whole"):
        yield bare(whole)
        return
    if family := first("family"):
        given = " ".join(filter(None, (first("given"), first("middle")))) or first("initials")
        particles = (_clean(_plain(fields.get(name))) for name in _FIELDS["particle"])
        yield in_order(" ".join(filter(None, (*particles, bare(family)))), bare(given), first("suffix"))
        return
    names = (_plain(fields[name]) for name in _FIELDS["name"] if isinstance(fields.get(name), str | Mapping))
    if name := next(filter(None, names), ""):
        yield from _in_text(name, alone=True)
    elif within := next((fields[name] for name in _FIELDS["people"] if fields.get(name)), None):
        yield from _people(within, depth - 1)
    else:
        yield bare(first("given"))


@lru_cache(4096)
def _field(name: str) -> str:
    return re.sub(r"[-_:@ ]", "", name.lower()) or name


def _plain(value: object) -> str:
    """The text of a value that may be wrapped (`{"value": "Ann"}`) or in pieces (`["B.", "C."]`)."""
    if isinstance(value, list | tuple):
        return " ".join(one for one in value if isinstance(one, str))
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("value", "#text", "$", "_", "content") if name in value), None)
    return value if isinstance(value, str) else ""


def _listed(text: str) -> Any:
    """The list or object that a text holds in JSON, as Python or NumPy prints it, or None."""
    text = text.strip()
    if not text.startswith(("[", "{", "(", "c(")) or text[-1] not in "]})":
        return None
    if text.startswith(("{'", '{"')) and ":" not in text:
        # A set of Python or an array of PostgreSQL.
        text = f"[{text[1:-1]}]"
    for written in (text, _PYTHON.sub(_in_json, text.removeprefix("c"))):
        try:
            value = json.loads(written)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, list | dict) else None
    return None


def _in_json(token: re.Match[str]) -> str:
    """A token of Python in JSON."""
    quoted, blanks, word = token.groups()
    if quoted:
        return json.dumps(_ESCAPE.sub(_unescaped, quoted[1:-1])) + ("," if blanks else "")
    return _JSON_WORDS.get(token[0], "null" if word else token[0])


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return " " if code in "nrt" else code


def _clean(text: str) -> str:
    """A text of names without marks, addresses, affiliations in brackets; accents of TeX stay for later."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return text
    if "&" in text:
        text = without_references(text)
    text = without_markup(_RAISED.sub("", _STAND_IN.sub("", text)))
    if "~" in text:
        text = _PROFILE.sub(lambda profile: profile[1].replace("_", " "), text)
    text = _SPACE.sub(" ", text).translate(_PUNCTUATION).replace("\\&", "&").replace("%", "")
    if "@" in text or "http" in text or "-" in text:
        text = _ADDRESS.sub("", text)
    for _ in range(2):
        if "(" in text or "[" in text:
            text = _BRACKET.sub(_nickname, text)
    return text.strip()


def _nickname(bracket: re.Match[str]) -> str:
    """A bracket within a name, as in Robert (Bob) Vass, as it is; any other is left out."""
    before, after = bracket.string[: bracket.start()][-1:], bracket.string[bracket.end() :][:2]
    within = bracket[1] and _NICKNAME.fullmatch(bracket[1])
    return bracket[0] if within and before.isalpha() and after[:1] == " " and after[1:].isupper() else ""


def _in_text(text: str, *, bibtex: bool = False, alone: bool = False) -> Iterator[str]:
    """The names in a text; `alone` if it is one of a list, and so probably one name."""
    text = text.strip()
    text = _clean(text[1:-1] if text.startswith("[") and text.endswith("]") else text)
    if prefix := _BEFORE.match(text):
        text = text[prefix.end() :]
    colon = _COLON.match(text)
    if colon and (is_group(colon[1]) or " " not in colon[1]):
        yield bare(colon[1])
        text = text[colon.end() :]
    kept: list[str] = []
    if "{" in text or "}" in text:
        balanced = text.count("{") == text.count("}")
        text = _kept_together(text, kept) if balanced else re.sub(r"(?<!\\)[{}]", "", text)
    for name in _split(text, bibtex, alone):
        name = _STAND_IN.sub(lambda stand_in: kept[ord(stand_in[0]) - _STAND_INS.start], name)
        if "\\" in name or "{" in name:
            name = text_of_tex(name.replace("&", "\\&")).replace("{", "").replace("}", "")
        while key := _NAME_PART.match(name):
            name = name[key.end() :]
        yield speaking_for(bare(name))


def _kept_together(text: str, kept: list[str]) -> str:
    """A text with a character for each group in braces that has more than one word; the groups are put into `kept`."""
    parts, depth, start, done = [], 0, 0, 0
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            start = start if depth else brace.start()
            depth += 1
        elif depth:
            depth -= 1
            group = text[start : brace.end()]
            if not depth and _PARTED.search(group) and len(kept) < len(_STAND_INS):
                if start == 0 and brace.end() == len(text) and _is_wrapped_list(group[1:-1]):
                    return _kept_together(group[1:-1], kept)
                parts += [text[done:start], chr(_STAND_INS.start + len(kept))]
                kept.append(group)
                done = brace.end()
    return "".join((*parts, text[done:]))


def _is_wrapped_list(text: str) -> bool:
    """Whether braces around a whole field hold several persons, by mistake, and not one group."""
    names = text.split(";") if ";" in text else _AND.split(text)
    return len(names) > 1 and not is_group(text) and all(len(name.split()) > 1 for name in names)


def _split(text: str, bibtex: bool, alone: bool) -> list[str]:
    if "=" in text:
        extended = [_extended(name) for name in re.split(r"\s+and\s+", text, flags=re.IGNORECASE)]
        if any(extended):
            names = re.split(r"\s+and\s+", text, flags=re.IGNORECASE)
            pairs = zip(extended, names, strict=True)
            return [found or one for found, name in pairs for one in ([""] if found else _by_commas(name, bibtex))]
    lines = [line.strip() for line in text.split("\n") if line.strip()] if "\n" in text else []
    if len(lines) > 1 and ";" not in text and all(map(_is_line_of_one, lines)):
        elements = lines
    else:
        text = " ".join(text.split())
        elements = [one for one in map(str.strip, _BETWEEN.split(text)) if bare(one)]
    if len(elements) == 1 and not (alone or text.rstrip().endswith(";")):
        return _by_commas(elements[0], bibtex)
    names = [name for one in elements for name in _in_element(_AND.sub("", one, 1) if _AND.match(one) else one, bibtex)]
    if "," not in text and len(elements) > 1:
        return with_initials_first(names) or names
    return names


def _is_line_of_one(line: str) -> bool:
    """Whether a line holds one whole name: no list that was broken to a width."""
    parts = [part.strip() for part in line.split(",")]
    return not _AND.search(line) and (
        (len(parts) == 1 and " " in line) or (len(parts) == 2 and all(parts) and is_family_name(parts[0]))
    )


def _extended(name: str) -> str:
    """The name in biblatex's format (`family=Oost, given=Anna, prefix=van den`), or nothing if it is in another."""
    found: dict[str, str] = {}
    for part in name.split(","):
        key = _NAME_PART.match(part)
        if key:
            found[key[1].lower()] = part[key.end() :].strip(' "')
    family = " ".join(filter(None, (found.get("prefix"), found.get("family"))))
    return in_order(family, found.get("given", ""), found.get("suffix", "")) if found else ""


def _parts(text: str) -> list[str]:
    """What stands between commas, with Jr. and Inc. put to what they belong to, without degrees and numbers."""
    parts: list[str] = []
    for number, part in enumerate(map(bare, text.split(","))):
        if part.isdigit() or not (any(map(str.isalnum, part)) or _STAND_IN.search(part)):
            continue
        if parts and is_suffix(part):
            parts[-1] += f" {part}"
        elif parts and is_company_form(part):
            parts[-1] += f", {part}"
        elif not (number and is_degree(part)):
            parts.append(part)
    return parts


def _in_element(text: str, bibtex: bool) -> list[str]:
    """The names in a text that should be one name, its last name first if it has a comma."""
    parts = _parts(text)
    if is_group(text) and len(parts) < 4:
        # A person with an affiliation, or a group.
        person = parts and not is_group(parts[0]) and " " in parts[0]
        return parts[:1] if person and len(parts) > 1 else [text]
    if len(parts) == 1 and not _AND.search(text):
        return parts
    if len(parts) == 2 and not _AND.search(text) and not all(map(is_east_asian, parts)):
        return [in_order(*parts)]
    if len(parts) == 3 and all(map(is_initials, parts[1:])):
        # A second initial behind a comma of its own, as Web of Science has it.
        return [in_order(parts[0], " ".join(parts[1:]))]
    return _by_commas(text, bibtex)


def _by_commas(text: str, bibtex: bool) -> list[str]:
    """The names in a text in which commas separate names, or last names from first names, or both."""
    pieces = _AND.split(text)
    groups = [parts for piece in pieces if (parts := _parts(piece))]
    flat = [part for parts in groups for part in parts]
    if len(flat) < 2:
        return with_initials_first(flat) or flat
    if len(flat) == 2 and is_group(flat[0]) and (_OF.search(flat[0]) if len(groups) > 1 else " " not in flat[1]):
        # "University of California, Berkeley", "Centers for Disease Control and Prevention"
        return [text]
    if len(groups) > 1 and max(map(len, groups)) == 2:
        return _joined_by_and(groups)
    if len(groups) == len(flat):
        return with_initials_first(flat) or flat
    if any(is_initials(part) for part in flat[1:]):
        return _initials_behind(flat)
    if initials_first := with_initials_first(flat):
        return initials_first
    return _last_names_first(flat, groups, bibtex, others="et al" in text.lower())


def _joined_by_and(groups: list[list[str]]) -> list[str]:
    """The names in pieces between which `and` stands: "Vass, Ann and Shaw, Bo", "Ann Vass, Bo Shaw and Cy Parr"."""
    if len(groups) > 2 or all(len(parts) == 2 for parts in groups):
        return [
            in_order(*parts) if len(parts) == 2 and not is_group(parts[0]) else ", ".join(parts) for parts in groups
        ]
    (one,) = (parts for parts in groups if len(parts) == 1)
    (two,) = (parts for parts in groups if len(parts) == 2)
    # "Vaswani, Shazeer and Parmar" are three last names.
    family_names = groups[0] is two and " " not in one[0] and "{" not in one[0] and not _STAND_IN.search(one[0])
    paired = [in_order(*two)] if not family_names and _is_pair(*two) else two
    return paired + one if groups[0] is two else one + paired


def _is_pair(family: str, given: str) -> bool:
    """Whether two parts are last and first name of one person, where another name has no comma."""
    if is_group(family) or is_group(given) or begins_with_initial(family) or is_east_asian(family):
        return False
    return is_initials(given) or family[0].islower() or is_family_name(family) or " " not in given


def _initials_behind(parts: list[str]) -> list[str]:
    """The names in "Vass, A., Shaw, N. B., Team Olm": each part with the initials behind it."""
    names: list[str] = []
    place = 0
    while place < len(parts):
        part, behind = parts[place], parts[place + 1 : place + 2]
        if behind and is_initials(behind[0]) and not is_initials(part) and not begins_with_initial(part):
            names.append(in_order(part, behind[0]))
            place += 2
        else:
            names.append(part)
            place += 1
    return names


def _last_names_first(parts: list[str], groups: list[list[str]], bibtex: bool, others: bool) -> list[str]:
    """The names in parts of which some may be last and first name of one person, with full first names."""
    if any(map(is_group, parts[:2])) or is_east_asian(parts[0]) or begins_with_initial(parts[0]):
        return parts
    if len(parts) == 2:
        # "Lovelace, Ada"; BibTeX knows no comma between two persons: "García Márquez, Gabriel José".
        return [in_order(*parts)] if bibtex or any(" " not in part for part in parts) else parts
    if is_family_name(parts[0]) and is_given_name(parts[1]) and len(groups[0]) > 1:
        if all(" " in part and not part[0].islower() for part in parts[2:]):
            # The style of MLA and Chicago: "Vass, Ann, Nora Shaw, and Pia Parr".
            return [in_order(*parts[:2]), *parts[2:]]
        # "Vass, Ann, Shaw, Nora" has as many first names as last names, each `and` before a last name, no "et al.".
        even = all(len(group) % 2 == 0 for group in groups)
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
        if even and not others and all(is_family_name(one) and is_given_name(two) for one, two in pairs):
            return [in_order(*pair) for pair in pairs]
    return parts
