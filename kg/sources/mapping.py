"""Where a source keeps what a paper has, declared as data, and how values become a paper's fields."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any

from kg.schema import Paper
from kg.sources.problems import Problem
from kg.text.identifiers import arxiv_id, arxiv_year, doi, work_id
from kg.text.keys import paper_key

Record = Mapping[str, Any]
Place = str | Callable[[Record], object]
"""A path (`content.title`, `authors[].name`) or a function of the record."""
Fields = Mapping[str, tuple[Place, ...]]
"""For a field of `Paper` the places where it may be, the first that says something wins."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T /])")
_NUMBER = re.compile(r"\d{1,9}(?:\.0+)?", re.ASCII)
_SAYS_NOTHING: tuple[object, ...] = ("", [], {})


def papers(record: object, fields: Fields, source: str, file: str, line: int | None) -> Iterator[Paper | Problem]:
    """The paper of one record, and what is wrong with it.

    What an optional field cannot hold is left out of the paper. Without a title there is none.
    """
    if not isinstance(record, dict):
        yield Problem(file, line, f"a record must be an object, not {_kind(record)}; left out")
        return
    title = found(record, fields["title"])
    if text(title) is None:
        own_id = _identifier(found(record, fields.get("id", ())))
        name = f" {' '.join(own_id.split())[:60]}" if own_id else ""
        yield Problem(file, line, f"{_complaint('title', title)}; record{name} left out")
        return
    abstract = found(record, fields.get("abstract", ()))
    if abstract is not None and text(abstract) is None:
        yield Problem(file, line, f"{_complaint('abstract', abstract)}; read without it")
    yield _paper(record, fields, source)


def found(record: Record, places: tuple[Place, ...]) -> Any:
    """The first value that says something, or None."""
    return next(_all(record, places), None)


def text(value: object) -> str | None:
    """A text that says something and that every engine can store, unchanged."""
    return value if isinstance(value, str) and value.strip() and not _NO_TEXT.search(value) else None


def listed(value: object) -> list[Any]:
    """A list as it is, nothing as none, anything else as a list of one."""
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def unwrapped(name: str) -> Callable[[Record], object]:
    """The place of a text whose lines were broken to a width: without these breaks."""

    def place(record: Record) -> object:
        value = record.get(name)
        return re.sub(r"\s*\n\s*", " ", value).strip() if isinstance(value, str) else value

    return place


def scheme(prefix: str, place: str) -> Callable[[Record], object]:
    """The place of an id that means something only with its scheme before it, such as `s2:`."""

    def prefixed(record: Record) -> object:
        own_id = _identifier(_at(record, place))
        return f"{prefix}{own_id}" if own_id else None

    return prefixed


def _kind(value: object) -> str:
    """What a value is called in JSON."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "an array" if isinstance(value, list) else "a text" if isinstance(value, str) else "a number"


def _complaint(name: str, value: object) -> str:
    if value is None:
        return f"no {name}"
    if not isinstance(value, str):
        return f"{name} is no text"
    return (
        f"{name} is blank"
        if not value.strip()
        else f"{name} holds characters that are no text (NUL, half a surrogate, not UTF-8)"
    )


def _paper(record: Record, fields: Fields, source: str) -> Paper:
    def first(name: str) -> Any:
        return found(record, fields.get(name, ()))

    def every(name: str) -> list[str]:
        values = _all(record, fields.get(name, ()))
        return [one for value in values for each in listed(value) if (one := text(each))]

    title = first("title")
    own_id = _identifier(first("id"))
    urls = every("url")
    dois = every("doi")
    ids = every("id") + urls
    arxiv = next(filter(None, map(arxiv_id, chain(every("arxiv_id"), dois, ids))), None)
    doi_ = next(filter(None, map(doi, chain(dois, ids))), None)
    published = _published(first("published"))
    year = _year(first("year")) or (int(published[:4]) if published else None)
    return Paper(
        id=own_id or paper_key(title, arxiv, doi_),
        title=title,
        abstract=text(first("abstract")) or "",
        year=year or (arxiv_year(arxiv) if arxiv else None),
        published=published,
        authors=_names(first("authors")),
        author_count=_count(first("author_count")),
        organizations=_names(first("organizations")),
        url=next(filter(None, map(_url, urls)), None),
        arxiv_id=arxiv,
        doi=doi_,
        ids=tuple(dict.fromkeys(filter(None, map(work_id, chain(every("ids"), ids))))),
        upvotes=_count(first("upvotes")),
        references=_references(record, fields.get("references", ())),
        source=source,
    )


def _all(record: Record, places: tuple[Place, ...]) -> Iterator[Any]:
    for place in places:
        value = _at(record, place) if isinstance(place, str) else place(record)
        if value is not None and value not in _SAYS_NOTHING:
            yield value


def _at(value: Any, path: str) -> Any:
    """The value at a path; behind `[]`, those of all elements."""
    if path in value:
        return value[path]
    if "." not in path and "[" not in path:
        return None
    for number, (name, each) in enumerate(_steps(path)):
        value = value.get(name) if isinstance(value, dict) else None
        if each:
            rest = ".".join(step + "[]" * many for step, many in _steps(path)[number + 1 :])
            elements = [one for one in listed(value) if one is not None]
            if not rest:
                return elements
            inner = (_at(one, rest) for one in elements if isinstance(one, dict))
            return [one for within in inner for one in listed(within)]
    return value


@cache
def _steps(path: str) -> tuple[tuple[str, bool], ...]:
    return tuple((step.removesuffix("[]"), step.endswith("[]")) for step in path.split("."))


def _identifier(value: object) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)


def _count(value: object) -> int | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def _url(value: str) -> str | None:
    return value.strip() if re.fullmatch(r"https?://\S+", value.strip(), re.IGNORECASE) else None


def _year(value: object) -> int | None:
    year = _count(value)
    return year if year and 1000 <= year < 3000 else None


def _published(value: object) -> str | None:
    """An ISO 8601 date to the day, month or year."""
    if isinstance(value, date | datetime):
        value = value.isoformat()
    given = _DATE.match((text(value) or "").strip())
    if not given:
        return None
    year, month, day = given.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return given.group() if _year(year) else None


def _names(value: object) -> tuple[str, ...]:
    """Names given as a list of texts or of objects, or as one text with `;`, or else commas, between.

    `Lovelace, Ada; Babbage, Charles` and `Lovelace, Ada` are names with the last name first.
    """
    if isinstance(value, str):
        several = [part for part in re.split(r"\s*;\s*", value.strip()) if part]
        parts = [re.split(r"\s*,\s*", name) for name in several]
        inverted = all(len(part) == 2 and all(part) for part in parts)
        if inverted and (len(several) > 1 or any(" " not in part for part in parts[0])):
            value = [f"{first} {last}" for last, first in parts]
        else:
            value = several if len(several) > 1 else re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", value)
    named = (found(one, ("fullname", "name")) if isinstance(one, dict) else one for one in listed(value))
    return tuple(dict.fromkeys(name.strip() for name in map(text, named) if name))


def _references(record: Record, places: tuple[Place, ...]) -> tuple[str, ...]:
    """The papers that are cited, each by the id under which it is found most surely and, behind a tab, its title.

    A number says how many there are, not which.
    """
    value = next((value for value in _all(record, places) if isinstance(value, list | tuple | str)), None)
    if isinstance(value, str):
        value = re.split(r"\s*[;\n]\s*", value.strip())
    return tuple(dict.fromkeys(reference for one in listed(value) if (reference := _reference(one))))


_REFERENCE: tuple[tuple[Place, ...], ...] = (
    ("arxiv_id", "arxivId", "arxiv", "externalIds.ArXiv"),
    ("doi", "DOI", "externalIds.DOI"),
    ("id", scheme("s2:", "paperId"), "paper_id"),
)


def _reference(one: object) -> str | None:
    if not isinstance(one, dict):
        return _identifier(one)
    cited = one["citedPaper"] if isinstance(one.get("citedPaper"), dict) else one
    values = (_identifier(value) for places in _REFERENCE for value in _all(cited, places))
    known = next(filter(None, values), None)
    title = " ".join((text(found(cited, ("title",))) or "").split())
    return "\t".join(filter(None, (known, title))) or None
