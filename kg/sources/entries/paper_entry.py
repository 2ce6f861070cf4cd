"""An entry of a list of papers as a record: where its title, authors, venue and links are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from kg.sources.entries.paper_names import (
    are_names,
    edition,
    is_edition,
    is_known_edition,
    names_in,
    without_edition_before,
)
from kg.sources.entries.runs import BREAK, TextRun, lines_of
from kg.sources.entries.vocabulary import field_of_label, plain_label, words
from kg.sources.mapping import Fields
from kg.text.identifiers import arxiv_id, identity_from_id, repository

FIELDS: Fields = {
    "title": ("title",),
    "abstract": ("abstract",),
    "published": ("date",),
    "year": ("year",),
    "authors": ("authors",),
    "venue": ("venue",),
    "venue_year": ("venue_year",),
    "categories": ("categories",),
    "repositories": ("repositories",),
    "url": ("links",),
    "arxiv_id": ("arxiv",),
    "doi": ("doi",),
}
"""Where the records of entries keep the fields of a paper."""

Entry = dict[str, Any]
"""A record of these fields."""

_LABEL = re.compile(r"[^\w(]{0,6}(?P<label>[^\W\d_][\w .;&/()-]{1,30}?)\s?[\W_]{0,3}[:：][*_`\s]{0,4}")
# Fields whose labelled lines hold a link or a few words.
_SHORT = {"link", "code", "arxiv", "doi", "year", "categories"}
_LONGEST = 50_000
_SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]{1,30}:")
_EDGES = " \t\n\0,;:|•·*_`~–—-+>#️✨🔥⭐🌟💡📄📝"
_QUOTED = re.compile(r"(?:^|(?<=[\s(*_]))[\"“](?P<title>[^\"“”]{8,300})[\"”](?!\s?:)")
_UNFINISHED = re.compile(
    r"\b(?:a|an|and|as|at|by|following|for|from|in|is|of|on|or|see|the|this|to|via|with|our|its|are|was|paper:?)\W*$",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?P<names>[^()\"“”\n]{3,400}?),?\s\(?(?P<year>(?:19[5-9]|20[0-4])\d)[a-z]?\)?[.,:]\s+(?P<title>[^\n]{10,400}?)(?:[.?!](?:\s|$)|\n|\s[\[(]|$)"
)
# The name of a link that follows, at the end of a text.
_NEXT = re.compile(r"[,;.]?\s+(?:arxiv|paper|pdf|link|code|url|project)\s*:?\s*$", re.IGNORECASE)
# What is between a title and the name of its only author.
_DIRECTLY = re.compile(r"[\s\0()\[\]]*[,.;][\s\0()\[\],.;]*(?:by\s)?")
_SIGNS = re.compile(r"^[^\w\[(\"“'‘$<{]+")
_BOX = re.compile(r"^\s*\[[ xX✓]?\]\s+")
# A venue with its year in brackets before a title.
_TAGGED = re.compile(r"\W*[\[(](?P<tag>[^\[\]()]{4,40})[\])]")
_NEWS = re.compile(r"\W*(?:we|our|the code|code|news|update|accepted|tutorial|workshop|call)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class _Atom:
    """Runs of one kind that follow each other: a link, strong or other emphasis, or plain text."""

    text: str
    href: str | None
    strong: bool
    emphasis: bool

    @property
    def plain(self) -> bool:
        return self.href is None and not self.strong and not self.emphasis


@dataclass(slots=True)
class _Parts:
    """What an entry was found to hold."""

    lines: list[list[_Atom]] = field(default_factory=list)
    record: Entry = field(default_factory=dict)


def paper_of_entry(runs: Sequence[TextRun], loose: bool = True, told: bool = False) -> Entry | None:
    """The record of an entry, such as the item of a list, or None if it is no paper.

    A paper has a title and a link to a paper, or a title, authors and a year or venue.

    Args:
        runs: the entry's text, lines separated by `BREAK`.
        loose: whether the title may be plain text; in a paragraph, it must be marked.
        told: whether a heading above says that papers follow, so that a title and names will do.
    """
    if sum(len(run.text) for run in runs) > _LONGEST:
        return None
    parts = _labelled(runs)
    record = parts.record
    links = [run.href for run in runs if run.href]
    papers = [run.href for run in runs if run.href and (is_paper_link(run.href) or _is_called_paper(run))]
    known = bool(papers or record.get("arxiv") or record.get("doi"))
    title, authors, rest = _title_and_rest(parts, known, loose)
    if not title:
        return None
    marked = any(cleaned(atom.text) == title for line in parts.lines for atom in line if not atom.plain)
    title, behind = _without_edition_behind(title)
    found = edition(f"{rest}\0{behind}")
    record["title"] = title
    record.setdefault("authors", authors or _authors(parts, title, found.rest))
    for name, value in (("venue", found.venue), ("date", found.date), ("year", found.year)):
        record[name] = record.get(name) or value
    record["venue_year"] = found.venue_year
    dated = record["venue"] or record["year"] or record["date"]
    several = bool(record["authors"]) and are_names(record["authors"])
    named = record["authors"] and ((dated and (marked or several)) or (told and (several or marked)))
    if not (known or named or (loose and _is_tagged(runs, title))):
        return None
    add_links(record, links)
    linked = next((run.href for run in runs if run.href and cleaned(run.text) == title), "")
    if not record["links"] and linked.startswith("http") and not is_repository(linked):
        record["links"] = [linked]
    return {name: value for name, value in record.items() if value}


def _is_tagged(runs: Sequence[TextRun], title: str) -> bool:
    """Whether a known venue with its year stands in brackets before a title of four words or more."""
    tag = _TAGGED.match(_BOX.sub("", "".join(run.text for run in runs), count=1))
    return (
        tag is not None and is_known_edition(tag["tag"]) and len(_WORD.findall(title)) >= 4 and not _NEWS.match(title)
    )


def _is_called_paper(run: TextRun) -> bool:
    """Whether the text of a link says that it leads to a paper."""
    return (run.href or "").startswith("http") and plain_label(run.text) in words("paper_labels")


def add_links(record: Entry, links: Sequence[str]) -> None:
    """Puts links into a record: those to papers first, repositories apart."""
    papers = [href for href in links if is_paper_link(href)]
    code = [href for href in links if href not in papers and is_repository(href)]
    record["links"] = list(dict.fromkeys([*record.get("links", []), *papers]))
    record["repositories"] = list(dict.fromkeys([*record.get("repositories", []), *code]))


@lru_cache(1 << 12)
def is_paper_link(href: str) -> bool:
    """Whether an address is that of a paper: an id, a host of papers, a PDF."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https", ""):
        return False
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.lower()
    if host.endswith("arxiv.org"):
        return arxiv_id(href) is not None
    if not host:
        return path.endswith(".pdf") or arxiv_id(href) is not None
    if path.endswith(".pdf") or identity_from_id(href):
        return True
    where = host + path
    return any(_is_under(where, host, known) for known in words("paper_hosts"))


def _is_under(where: str, host: str, known: str) -> bool:
    if "/" in known:
        return where.startswith(known) and len(where) > len(known) + 1
    return (host == known or host.endswith(f".{known}")) and len(where) > len(host) + 1


def is_repository(href: str) -> bool:
    """Whether an address is that of a code repository."""
    try:
        return "#" not in href and repository(href) is not None
    except ValueError:
        return False


def title_in_link(text: str, least: int) -> bool:
    """Whether the text of a link or a marked text may be a title of at least so many words."""
    text = cleaned(text)
    return (
        len(_WORD.findall(text)) >= least
        and len(text) <= 500
        and not is_label(text)
        and not text.startswith(("http://", "https://", "www."))
        and not is_edition(text)
        and identity_from_id(text) is None
    )


def is_label(text: str) -> bool:
    """Whether the text of a link only says what it leads to: `pdf`, `arXiv`, `official code`."""
    label = plain_label(text)
    if label in words("link_labels") or label in words("not_titles"):
        return True
    few = re.split(r"[\s/,&()-]+", label)
    return (
        len(few) <= 4
        and few[0] in words("link_labels") | {"official", "unofficial"}
        and all(part in words("link_labels") or len(part) <= 12 for part in few[1:])
        and any(part in words("link_labels") for part in few)
    )


def cleaned(text: str) -> str:
    """A text without signs, emoji and quotes around it."""
    text = " ".join(_SHORTCODE.sub(" ", text).split()).strip(_EDGES)
    while text and not text[0].isalnum() and text[0] not in "\"“'‘([{$<\\¿¡.@#∞":
        text = text[1:].lstrip(_EDGES)
    for opening, closing in ('""', "“”", "''", "‘’", "[]", "()", "【】"):
        if text.startswith(opening) and text.endswith(closing) and closing not in text[1:-1] and len(text) > 1:
            text = text[1:-1].strip(_EDGES)
    return text.removesuffix(".") if text.count(".") == 1 or not text.endswith("..") else text


def _labelled(runs: Sequence[TextRun]) -> _Parts:
    """Takes the labelled lines (`Authors: ...`) out of an entry; the other lines are left as atoms."""
    parts = _Parts()
    waiting: str | None = None
    for line in lines_of(runs):
        text = "".join(run.text for run in line)
        found = _LABEL.match(text)
        name = field_of_label(found["label"]) if found else None
        value = text[found.end() :].strip() if found and name else ""
        if name == "title" and not title_in_link(value, 1):
            name = "link"
        if name in _SHORT and title_in_link(value, 3):
            # A title may begin like a label: `CodeS: Towards ...`.
            name = None
        if name and not value and not any(run.href for run in line):
            waiting = name
            continue
        if waiting and not name:
            name, value = waiting, text.strip()
        # An abstract goes on for several lines.
        waiting = name if name == "abstract" else None
        if name:
            _note(parts.record, name, value, [run.href for run in line if run.href])
        else:
            parts.lines.append(_atoms(line))
    return parts


def _note(record: Entry, name: str, value: str, links: Sequence[str]) -> None:
    """Puts the value of a labelled line into a record."""
    value = value if name == "abstract" else cleaned(value)
    if not value and not links:
        return
    match name:
        case "link" | "code" | "note":
            return
        case "abstract":
            record[name] = f"{record[name]} {value}" if name in record else value
        case "arxiv" | "doi":
            record.setdefault(name, next((link for link in links if identity_from_id(link)), value))
        case "venue":
            found = edition(value)
            record.setdefault("venue", value)
            record.setdefault("venue_year", found.venue_year)
            record.setdefault("year", found.year)
        case "year" | "date":
            record.setdefault("date", value)
        case "categories":
            record.setdefault(name, [part for part in re.split(r"\s*[,;]\s*|\s+(?=[a-z-]+\.)", value) if part])
        case "authors":
            record.setdefault(name, names_in(value))
        case _:
            record.setdefault(name, value)


def _atoms(line: Sequence[TextRun]) -> list[_Atom]:
    return [
        _Atom("".join(run.text for run in group), href, strong, emphasis)
        for (href, strong, emphasis), group in (
            (key, list(runs))
            for key, runs in groupby(line, key=lambda run: (run.href, run.strong, run.emphasis and not run.strong))
        )
    ]


def _title_and_rest(parts: _Parts, known: bool, loose: bool) -> tuple[str | None, str | None, str]:
    """The title, the authors where they are found with it, and the text without either or the texts of links."""
    atoms = [atom for line in parts.lines for atom in [*line, _Atom("\0", None, False, False)]]
    if parts.record.get("title"):
        return cleaned(parts.record["title"]), None, _rest(atoms, None)
    marked = next((a for a in atoms if a.href and is_paper_link(a.href) and title_in_link(a.text, 3)), None) or next(
        (a for a in atoms if a.strong and not a.href and _may_be_title(a)), None
    )
    if marked:
        return cleaned(marked.text), None, _rest(atoms, marked)
    for atom in atoms:
        if not atom.href and (quoted := _QUOTED.search(atom.text)) and len(_WORD.findall(quoted["title"])) >= 3:
            rest = _rest(atoms, None).replace(quoted[0], "\0", 1)
            return cleaned(quoted["title"]), None, rest
    marked = next(
        (a for a in atoms if a.href and title_in_link(a.text, 4) and (known or not is_repository(a.href))), None
    )
    if marked is None and known:
        marked = next(
            (a for a in atoms if a.emphasis and not a.href and _may_be_title(a) and not are_names(a.text, alone=True)),
            None,
        )
        short = None if marked else _first_mark(atoms)
        behind = _behind_name(parts.lines, short) if short and loose else None
        if behind:
            return behind
        marked = marked or short
    if marked:
        return cleaned(marked.text), None, _rest(atoms, marked)
    return _plain_title(parts.lines) if loose else (None, None, "")


def _behind_name(lines: Sequence[Sequence[_Atom]], name: _Atom) -> tuple[str, str | None, str] | None:
    """A plain title behind the name of its method and a colon: `**CraneNet**: Folding Cranes by Nets`."""
    for line in lines:
        at = next((at for at, atom in enumerate(line) if atom is name), None)
        if at is None or name.href or len(line) == at + 1 or not line[at + 1].plain:
            continue
        following = line[at + 1].text
        if not (name.text.rstrip().endswith(":") or following.lstrip().startswith(":")):
            return None
        rest = replace(line[at + 1], text=following.lstrip(" :"))
        title, authors, others = _plain_title([[rest, *line[at + 2 :]], *lines[lines.index(line) + 1 :]])
        return (title, authors, others) if title and len(_WORD.findall(title)) >= 4 else None
    return None


def _first_mark(atoms: Sequence[_Atom]) -> _Atom | None:
    """A short title, such as `Word2Vec`: a strong text or link to a paper behind a few words at most."""
    before = 0
    for atom in atoms:
        if (atom.strong or (atom.href and is_paper_link(atom.href))) and title_in_link(atom.text, 1):
            return None if _is_tag(atom.text) and not atom.href else atom
        before += 0 if atom.href or _is_nothing(atom.text) or _is_tag(atom.text) else len(_WORD.findall(atom.text))
        if before > 5:
            return None
    return None


def _may_be_title(atom: _Atom) -> bool:
    text = atom.text.strip()
    return title_in_link(text, 3) and not _is_tag(text) and not are_names(text) and not text.endswith(":")


def _without_edition_behind(title: str) -> tuple[str, str]:
    """A title without a venue or year in brackets at its end, and that; also without a bracket that is left open."""
    open_ = title.rfind("(")
    if open_ > 0 and title.count("(") > title.count(")") and len(title) - open_ < 3:
        return title[:open_].rstrip(_EDGES), ""
    if (
        open_ > 0
        and title.endswith(")")
        and (is_edition(title[open_ + 1 : -1]) or identity_from_id(title[open_ + 1 : -1]))
    ):
        return title[:open_].rstrip(_EDGES), title[open_:]
    return title, ""


def _is_tag(text: str) -> bool:
    """Whether a text is a word or two in brackets, such as the name of a method before a title."""
    return text.strip().startswith("[") and text.strip().endswith("]") and len(_WORD.findall(text)) < 6


def _is_nothing(text: str) -> bool:
    return not cleaned(text) or is_edition(text) or not _WORD.search(text)


def _rest(atoms: Sequence[_Atom], title: _Atom | None) -> str:
    """The text of an entry without its title and the texts of links, parts of another emphasis separated by NUL."""
    return "\0".join(
        "" if atom is title or (atom.href and (is_label(atom.text) or not is_edition(atom.text))) else atom.text
        for atom in atoms
    )


def _plain_title(lines: Sequence[Sequence[_Atom]]) -> tuple[str | None, str | None, str]:
    """A title in plain text, before the first mark or link of an entry, or behind its authors."""
    atoms = [atom for line in lines for atom in [*line, _Atom("\0", None, False, False)]]
    before: list[str] = []
    for atom in atoms:
        if atom.plain and atom.text != "\0":
            before.append(atom.text)
        elif _WORD.search(_without_editions("".join(before))):
            break
        elif not atom.href or is_label(atom.text) or is_edition(atom.text) or identity_from_id(cleaned(atom.text)):
            before = [] if atom.plain or atom.href or _is_tag(atom.text) or is_edition(atom.text) else [atom.text]
        else:
            break
    text = "".join(before).rstrip(" [(").strip()
    behind = _rest(atoms, None)
    cited = _CITED.match(text)
    if cited and are_names(cited["names"], alone=True) and _is_plain_title(cited["title"]):
        rest = behind.replace(cited["title"], "\0", 1).replace(cited["names"], "\0", 1)
        return cleaned(cited["title"]), names_in(cited["names"]), rest
    title, authors = _split_names(_without_editions(text))
    if not _is_plain_title(title):
        return None, None, ""
    return cleaned(title), authors, behind.replace(title, "\0", 1)


def _without_editions(text: str) -> str:
    """A text without venues and dates, boxes and shortcodes of emoji at its beginning."""
    text = _SIGNS.sub("", _BOX.sub("", _SHORTCODE.sub(" ", text), count=1))
    while (shorter := without_edition_before(text)) != text:
        text = shorter
    return text


def _split_names(text: str) -> tuple[str, str | None]:
    """A plain text of a title with, perhaps, authors behind or before it, as the title and these."""
    cut = re.search(r"\s\(?(?:19[5-9]|20[0-4])\d\)|\s\[|\s\|\s", text)
    head = text[: cut.start()] if cut else text
    pieces = re.split(r"(?<=[^\W\d_]{2}[.?!])\s+|\s+[-–—]\s+|\s+by\s+", head)
    if len(pieces) > 1 and are_names(pieces[0]) and _WORD.search(pieces[1]):
        return pieces[1], names_in(pieces[0])
    for number in range(1, len(pieces)):
        names = edition(pieces[number]).rest.split("\0")[0]
        venue_behind = number == 1 and len(pieces) > 2 and is_edition(pieces[2])
        if are_names(names, alone=venue_behind):
            return head[: head.index(pieces[number])].strip(" -–—") if number == 1 else pieces[0], names_in(names)
    if len(pieces) > 1 and is_edition(pieces[1]):
        return pieces[0], None
    for comma in re.finditer(r",\s+", head):
        names = edition(head[comma.end() :]).rest.split("\0")[0]
        if len(_WORD.findall(head[: comma.start()])) >= 3 and are_names(names):
            return head[: comma.start()], names_in(names)
    found = edition(head)
    first = found.rest.split("\0")[0] if found.venue or found.year or found.date else head
    return (first if len(_WORD.findall(first)) >= 3 else head), None


def _is_plain_title(text: str) -> bool:
    title = cleaned(text)
    first = _WORD.search(title)
    return (
        first is not None
        and len(_WORD.findall(title)) >= 3
        and len(title) <= 300
        and (
            title[0].isupper()
            or not title[0].isascii()
            or title[0].isdigit()
            or title[0] in "\"“'$("
            or not first[0].islower()
        )
        and not _UNFINISHED.search(title)
        and not is_label(title)
        and len(re.findall(r"[a-z]{2}[.?!]\s+[A-Z]", title)) < 2
    )


def _authors(parts: _Parts, title: str, rest: str) -> str | None:
    """The authors: emphasised names, or names in the text without the title."""
    for line in parts.lines:
        for atom in line:
            if atom.emphasis and not atom.href and are_names(edition(atom.text).rest.split("\0")[0], alone=True):
                return names_in(edition(atom.text).rest.split("\0")[0])
    listed = [text for text in map(_line_text, parts.lines) if text != title]
    named = [text for text in listed if are_names(text, alone=True)]
    if len(named) > 1 and listed.index(named[0]) + len(named) - 1 == listed.index(named[-1]):
        return "; ".join(map(names_in, named))
    # Behind a title on a line of its own, a single name is its author.
    own_line = any(_line_text(line) == title for line in parts.lines)
    several = next((text for text in listed if are_names(text, alone=own_line and text == listed[0])), None)
    if several:
        return names_in(several)
    pieces = [
        piece for piece in re.split(r"\0|[\[\]()|]|(?<=[^\W\d_]{3}\.)\s", rest) if len(piece.strip(_EDGES + ".")) > 2
    ]
    for piece in (_NEXT.sub("", piece) for piece in pieces):
        alone = _DIRECTLY.fullmatch(rest[: rest.find(piece)]) is not None
        for part in _behind_commas(piece):
            if are_names(part, alone=alone and part == piece):
                return names_in(part)
    return None


def _behind_commas(text: str) -> list[str]:
    """A text, and what follows its first commas."""
    parts = text.split(",")
    return [",".join(parts[at:]) for at in range(min(len(parts), 3))]


def _line_text(line: Sequence[_Atom]) -> str:
    """The text of a line without links that only say what they lead to."""
    return cleaned("".join(atom.text for atom in line if not (atom.href and is_label(atom.text))))


def joined(parts: Sequence[Sequence[TextRun]]) -> list[TextRun]:
    """Runs of several paragraphs or items as those of one entry."""
    return [run for part in parts for run in (*part, BREAK)][:-1]


def separate_papers(parts: Sequence[Sequence[TextRun]]) -> list[list[TextRun]]:
    """The lines of an entry that is several papers, each with the lines after it that are none; else nothing."""
    lines = [line for runs in parts for line in lines_of_runs(runs)]
    if sum(any(run.href and is_paper_link(run.href) for run in line) for line in lines) < 2:
        return []
    records = [paper_of_entry(line, loose=False) for line in lines]
    titles = {record["title"] for record in records if record and record.get("links")}
    # Each may have a line of its title, one of its authors, and one of links.
    if len(titles) < 2 or 3 * len(titles) < len(lines):
        return []
    found: list[list[TextRun]] = []
    for line, record in zip(lines, records, strict=True):
        if record or not found:
            found.append(list(line))
        else:
            found[-1] += [BREAK, *line]
    return found


def lines_of_runs(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """The runs of each line, without `BREAK`."""
    return [list(line) for is_break, line in groupby(runs, key=lambda run: run is BREAK) if not is_break]
