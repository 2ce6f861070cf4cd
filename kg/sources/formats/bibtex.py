"""BibTeX and biblatex: bibliographies, the ACL Anthology, exports of reference managers and publishers."""

import codecs
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import chain
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.formats.bibtex_entries import Entry, Fault, blocks, entries
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers, scheme
from kg.sources.problems import NOT_UTF8, Problem
from kg.sources.streams import Source
from kg.text.author_lists import bibtex_author_names
from kg.text.identifiers import arxiv_id, arxiv_id_within, dois
from kg.text.publication_dates import publication_date, publication_year
from kg.text.tex import letters_shown, plain_address, plain_text

NAME = "bibtex"
DESCRIPTION = "BibTeX"

_TYPE = "entrytype"
"""Name of the field that a record's type is put into."""
_NAMED = re.compile(r"\.(?:bib|bibtex|biblatex)(?:\.gz|\.zst)?$", re.IGNORECASE)
_BEGINS = re.compile(r"^[ \t\ufeff]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_OF_WORKS = {"author", "title", "year", "date"}
_SIGNED = 4
"""Lines of plain text that programs write before the first entry."""
_FENCE = re.compile(r"```|\"\"\"|'''|<\w+[ >]")
_DECLARED = re.compile(
    rb"^[ \t%]*(?:Encoding:[ \t]*([\w:.-]+)|!TEX encoding *= *([\w-]+)|.{0,80}string encoding ([\w() -]{3,40})"
    rb"|.{0,80}-\*-.{0,80}coding: *([\w-]+))",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"https?://[^\s{}<>\"\\]+", re.IGNORECASE)
_PREPRINT = re.compile(r"arxiv\b|corr\b|computing research repository|(?:abs|cs|math|stat)/", re.IGNORECASE)
_ARCHIVE = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?", re.IGNORECASE)
_MACRO = re.compile(r"\\([A-Za-z]+)\s*(?:\{\})?")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OWNER_AND_NAME = re.compile(r"[\w-]+/[\w.-]+")


def _title(record: Record) -> object:
    """The title with the subtitle; works that hold others may have only a title as such."""
    title = record.get("title")
    if not title and _kinds().get(record[_TYPE]) in ("book", "proceedings"):
        title = record.get("booktitle") or record.get("maintitle")
    subtitle = record.get("subtitle")
    return f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title


def _authors(record: Record) -> object:
    """Names, first names first."""
    author = record.get("author", "")
    names = _AND.split(author) if "," in author else []
    # With more than one `and`, it is one name that has a comma too many, and the others are as they should be.
    if len(names) > 2 and any(name.count(",") > 1 for name in names) and "{" not in author:
        return [each for name in names for each in bibtex_author_names(name)]
    return bibtex_author_names(author)


def _published(record: Record) -> object:
    """The date, or else year and month, and the day if it is given."""
    parts = {name: record.get(name) for name in ("year", "month", "day")}
    date = publication_date({**parts, "year": record["date"]}) if record.get("date") else None
    return date or ((whole := publication_date(parts)) and whole[4:] and whole)


def _year(record: Record) -> object:
    return next(filter(None, (publication_year(record.get(name)) for name in ("date", "year"))), None)


def _arxiv(record: Record) -> object:
    """The arXiv id in the fields in which programs hide it."""
    archive = str(record.get("archiveprefix") or record.get("eprinttype") or record.get("archive") or "arxiv")
    eprint = str(record.get("eprint", ""))
    if _ARCHIVE.fullmatch(archive) and arxiv_id(f"{archive}/{eprint}"):
        return f"{archive}/{eprint}"
    own = [eprint if "arxiv" in archive.lower() else "", record.get("arxivid"), record.get("arxiv")]
    bare = ("volume", "number", "pages", "eid")
    if any(_is_preprint(record.get(name)) for name in ("journal", "journaltitle", "publisher")):
        own += map(record.get, bare)
    known = next(filter(None, (arxiv_id(str(value)) or arxiv_id_within(str(value)) for value in own if value)), None)
    places = (
        "archiveprefix",
        "journal",
        "journaltitle",
        *bare,
        "note",
        "howpublished",
        "doi",
        "url",
        "series",
        "type",
        "institution",
    )
    written = (arxiv_id_within(value) for name in places if (value := record.get(name)))
    return known or next(filter(None, written), None)


def _is_preprint(value: object) -> bool:
    return isinstance(value, str) and _PREPRINT.match(value) is not None


def _dois(record: Record) -> object:
    """The DOIs of the paper; in a note only one that stands alone."""
    places = ("doi", "url", "howpublished", "ee", "link")
    found = [each for name in places if (value := record.get(name)) and "10." in value for each in dois(value)]
    return [*found, record.get("note")]


def _addresses(record: Record) -> object:
    """Addresses of the paper; in Markdown or with text around them, too."""
    places = ("url", "link", "ee", "howpublished", "bdsk-url-1", "pdf", "html", "adsurl", "biburl")
    found = [address for name in places for address in _ADDRESS.findall(record.get(name, ""))]
    return [address.rstrip(".,;)") if "(" not in address else address for address in found]


def _venue(record: Record) -> object:
    """Journal, proceedings or conference; an archive of preprints is none."""
    places = ["journal", "journaltitle", "booktitle", "eventtitle"]
    if _kinds().get(record[_TYPE]) == "article":
        places.append("series")
    named = (record.get(name) for name in places)
    return next((each for each in named if each and not _is_preprint(each)), None)


def _venue_year(record: Record) -> object:
    return publication_year(record.get("eventdate") or record.get("eventyear"))


def _categories(record: Record) -> object:
    """Classes of arXiv, such as cs.CL."""
    return re.split(r"[\s,;]+", record.get("primaryclass") or record.get("eprintclass") or "")


def _repositories(record: Record) -> object:
    """Addresses of code; of GitHub's also `owner/name` alone."""
    values = [
        record.get(name, "") for name in ("code", "codeurl", "code_url", "url_code", "github", "repository", "git")
    ]
    found = [address for value in values for address in _ADDRESS.findall(value)]
    github = record.get("github", "").removeprefix("github.com/")
    return [*found, f"https://github.com/{github}"] if _OWNER_AND_NAME.fullmatch(github) else found


FIELDS: Fields = {
    "title": (_title,),
    "abstract": ("abstract",),
    "year": (_year,),
    "published": (_published,),
    "authors": (_authors,),
    "organizations": ("institution", "school"),
    "url": (_addresses, "url"),
    "arxiv_id": (_arxiv,),
    "doi": (_dois,),
    "ids": (scheme("pmid:", "pmid"),),
    "venue": (_venue,),
    "venue_year": (_venue_year,),
    "kind": (lambda record: _kinds().get(record[_TYPE]),),
    "categories": (_categories,),
    "repositories": (_repositories,),
}
_TEXTS = {
    "title",
    "subtitle",
    "maintitle",
    "abstract",
    "date",
    "year",
    "month",
    "day",
    "institution",
    "school",
    "journal",
    "journaltitle",
    "booktitle",
    "eventtitle",
    "eventdate",
    "series",
}
_LONG = {"annote", "annotation", "comment", "file", "keywords", "review"}
"""Fields of which nothing is taken."""


def recognises(head: Head) -> Fit:
    """Certain if entries fill the file, or the file is named so; possible if little stands beside them."""
    if not _BEGINS.search(head.text):
        return Fit.NONE
    if _NAMED.search(head.name):
        return Fit.CERTAIN
    within, before, others, known = 0, 0, 0, False
    for line, block in blocks(iter(BytesIO(head.raw).readline, b"")):
        text = block.decode("utf-8", "replace").lstrip("\ufeff")
        taken: set[int] = set()
        for entry in entries(text, line, {}):
            taken.update(range(entry.line, entry.last_line + 1))
            known = known or (isinstance(entry, Entry) and not _OF_WORKS.isdisjoint(entry.fields))
        outside = [
            each for number, each in enumerate(text.splitlines(), line) if number not in taken and _is_text(each)
        ]
        # Definitions and comments are no entries, but belong to a bibliography.
        if not taken and _BEGINS.match(text):
            outside = []
        if any(map(_FENCE.search, outside)):
            return Fit.NONE
        within += len(taken)
        before, others = (before, others + len(outside)) if known or within else (before + len(outside), others)
    if not known or 10 * others > within or (before > _SIGNED and before + others > within):
        return Fit.NONE
    return Fit.POSSIBLE if before or others else Fit.CERTAIN


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("%")


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads entry by entry; those that name another one with their crossref wait for it. See `kg.sources.format`."""
    strings: dict[str, str] = {}
    parents: dict[str, Entry] = {}
    waiting: dict[str, list[Entry]] = {}
    encoding = _encoding(source)
    for line, block in blocks(source.lines()):
        for entry in entries(_text(block, encoding), line, strings):
            if isinstance(entry, Fault):
                yield Problem(source.file, entry.line, f"not BibTeX ({entry.reason}); entry left out")
                continue
            ready = [entry]
            if entry.type in _data()["parents"]["types"]:
                parents.setdefault(entry.key.lower(), _parent(entry))
                ready += waiting.pop(entry.key.lower(), [])
            for each in ready:
                missing = next((key for key in _named_by(each) if key not in parents), None)
                if missing:
                    waiting.setdefault(missing, []).append(each)
                else:
                    yield from _papers(each, parents, source, encoding)
    for each in chain.from_iterable(waiting.values()):
        yield from _papers(each, parents, source, encoding)


def record_within(text: str) -> dict[str, str] | None:
    """The record, for `FIELDS`, of the entry that a text begins with; None if it holds none that can be read."""
    if not _BEGINS.match(text.lstrip()):
        return None
    entry = next((each for each in entries(text, 1, {}) if isinstance(each, Entry)), None)
    return _record(entry, {}) if entry else None


def _papers(entry: Entry, parents: dict[str, Entry], source: Source, encoding: str | None) -> Iterator[Paper | Problem]:
    if entry.type in _data()["no_works"]["types"]:
        return
    if any(map(NOT_UTF8.search, entry.fields.values())):
        hint = f"not {encoding}" if encoding else "not UTF-8 (a line `% Encoding: NAME` says what it is)"
        yield Problem(source.file, entry.line, f"{hint}; entry left out")
        return
    record = _record(entry, parents)
    if record is None:
        yield Problem(source.file, entry.line, "TeX that is nested too deeply; entry left out")
    else:
        yield from papers(record, FIELDS, NAME, source, entry.line)


def _record(entry: Entry, parents: dict[str, Entry]) -> dict[str, str] | None:
    """The fields of a paper as text without TeX, or None if the TeX is nested too deeply to be read."""
    record = {_TYPE: entry.type}
    for name, value in _inherited(entry, parents).items():
        if name in _LONG:
            record[name] = value
            continue
        if name in _TEXTS:
            text = _journal(value) if name == "journal" else plain_text(value)
            if text is None:
                return None
        elif name == "author":
            # What its braces keep together is one name.
            text = letters_shown(value).replace("--", "–")
        else:
            text = plain_address(value)
        record[name] = " ".join(text.split())
    return record


def _journal(value: str) -> str | None:
    r"""A journal's name, or what the macro for it (`\apj`) stands for."""
    macro = _MACRO.fullmatch(value.strip().strip("{}"))
    known: str | None = _data()["journals"].get(macro[1].lower(), macro[1]) if macro else plain_text(value)
    return known


def _named_by(entry: Entry) -> list[str]:
    """The keys of the entries from which one inherits."""
    named = ",".join(entry.fields[name] for name in ("crossref", "xdata") if name in entry.fields)
    return [key.strip().lower() for key in named.split(",") if key.strip()] if named else []


def _inherited(entry: Entry, parents: dict[str, Entry]) -> dict[str, str]:
    """The fields with those that other entries lend it."""
    fields = entry.fields
    for parent in filter(None, map(parents.get, _named_by(entry))):
        if parent.type == "xdata":
            fields = parent.fields | fields
        else:
            places = _data()["inherited"].items()
            lent = {
                name: next((parent.fields[each] for each in of if each in parent.fields), "") for name, of in places
            }
            dated = {"date", "year"} & fields.keys()
            fields = {name: value for name, value in lent.items() if value and not (dated and name in _DATES)} | fields
    return fields


_DATES = {"date", "year", "month"}


def _parent(entry: Entry) -> Entry:
    """An entry with no more than it may lend."""
    if entry.type == "xdata":
        return entry
    lent = {name for of in _data()["inherited"].values() for name in of}
    return Entry(entry.type, entry.key, {name: entry.fields[name] for name in lent & entry.fields.keys()}, 0, 0)


def _encoding(source: Source) -> str | None:
    """The encoding that the file says it has, if Python knows it and it is not UTF-8."""
    declared = _DECLARED.search(source.head.raw[:4096])
    if not declared or source.transcoded:
        return None
    name = next(filter(None, declared.groups())).decode("ascii", "replace").strip().lower()
    name = _data()["encodings"].get(name, name)
    try:
        if b"@{}".decode(name) != "@{}" or codecs.lookup(name).name == "utf-8":
            return None
    except (LookupError, UnicodeError):
        return None
    # What is called Latin 1 has the quotes and dashes of Windows if it has any.
    return "cp1252" if codecs.lookup(name).name == "iso8859-1" else name


def _text(block: bytes, encoding: str | None) -> str:
    """A block in UTF-8, or if it is none in the declared encoding; other bytes become surrogates."""
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return block.decode(encoding or "utf-8", "surrogateescape")


def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = _data()["kinds"]
    return kinds


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("kg.sources.formats").joinpath("bibtex.toml").read_text(encoding="utf-8"))
