"""Maps a source's records to papers: each format declares, as data, where its fields are."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from kg.schema import Paper
from kg.sources.problems import Problem
from kg.sources.publication_types import publication_kind
from kg.sources.streams import Source
from kg.text.author_lists import author_names, organization_names
from kg.text.identifiers import arxiv_id, arxiv_id_from_number, arxiv_year, doi, dois, work_id
from kg.text.keys import paper_key
from kg.text.markup import without_markup
from kg.text.publication_dates import publication_date, publication_year

Record = Mapping[str, Any]
Where = str | Callable[[Record], object]
"""Where a value is in a record: a path (`content.title`, `authors[].name`) or a function of the record."""
Fields = Mapping[str, tuple[Where, ...]]
"""For each field of `Paper`, where it may be; the first that is not empty is taken."""

_T = TypeVar("_T")

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_NUMBER = re.compile(r"\d{1,9}(?:\.0+)?", re.ASCII)
_EMPTY: tuple[object, ...] = ("", [], {})


def papers(
    record: object, fields: Fields, name: str, source: Source, line: int | None, *, as_written: bool = False
) -> Iterator[Paper | Problem]:
    """Makes a paper of one record.

    Args:
        record: the record, as parsed JSON; anything but an object is a problem.
        fields: where the format keeps each field.
        name: of the format.
        source: the file; its tally counts the record's fields.
        line: line on which the record begins, from 1; None where the format has no lines.
        as_written: keeps texts and names to the character, because something points into them; else markup goes.

    Returns:
        The problems of the record, then its paper. Optional values of the wrong kind are left out; without a title
        there is no paper.
    """
    if not isinstance(record, dict):
        yield Problem(source.file, line, f"a record must be an object, not {_kind(record)}; left out")
        return
    record = source.fields.watched(record)
    title = first_value(record, fields["title"])
    if text(title) is None:
        own_id = _identifier(first_value(record, fields.get("id", ())))
        which = f" {' '.join(own_id.split())[:60]}" if own_id else ""
        yield Problem(source.file, line, f"{_complaint('title', title)}; record{which} left out")
        return
    abstract = first_value(record, fields.get("abstract", ()))
    if abstract is not None and text(abstract) is None:
        yield Problem(source.file, line, f"{_complaint('abstract', abstract)}; read without it")
    yield _paper(record, fields, name, title, text(abstract) or "", as_written)


def first_value(record: Record, places: tuple[Where, ...]) -> Any:
    """The first value that is not empty, or None."""
    # A loop, because it runs twenty times a record.
    for place in places:
        value = _at(record, place) if isinstance(place, str) else place(record)
        if value is not None and value not in _EMPTY:
            return value
    return None


def text(value: object) -> str | None:
    """The value unchanged if it is a text that is not blank and that every engine can store, else None."""
    return value if isinstance(value, str) and value.strip() and not _NO_TEXT.search(value) else None


def as_list(value: object) -> list[Any]:
    """A list or tuple as a list, None as an empty list, anything else as a list of one."""
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def unwrapped(name: str) -> Callable[[Record], object]:
    """Where a text is whose lines were broken to a width; its value comes without these breaks."""

    def place(record: Record) -> object:
        value = record.get(name)
        return re.sub(r"\s*\n\s*", " ", value).strip() if isinstance(value, str) else value

    return place


def scheme(prefix: str, place: str) -> Callable[[Record], object]:
    """Where an id is that needs its scheme, such as `s2:`, put before it."""

    def prefixed(record: Record) -> object:
        own_id = _identifier(_at(record, place))
        return f"{prefix}{own_id}" if own_id else None

    return prefixed


def _kind(value: object) -> str:
    """What JSON calls a value of this type."""
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


def _paper(record: Record, fields: Fields, source: str, title: str, abstract: str, as_written: bool) -> Paper:
    if not as_written:
        plain = without_markup(title)
        title, abstract = plain if plain.strip() else title, without_markup(abstract)
    own_id = _identifier(_first(record, fields, "id"))
    urls = _every(record, fields, "url")
    own_dois = list(dict.fromkeys(chain.from_iterable(map(dois, _every(record, fields, "doi")))))
    other_ids = _every(record, fields, "ids")
    ids = [*_every(record, fields, "id"), *urls, *other_ids]
    written = _all(record, fields.get("arxiv_id", ()))
    numbers = (found for value in written for each in as_list(value) if (found := _arxiv_id(each)))
    arxiv = next(chain(numbers, filter(None, map(arxiv_id, chain(own_dois, ids)))), None)
    doi_ = next(filter(None, chain(own_dois, map(doi, ids))), None)
    published = _parsed(record, fields, "published", publication_date)
    year = _parsed(record, fields, "year", publication_year) or (int(published[:4]) if published else None)
    return Paper(
        id=own_id or paper_key(title, arxiv, doi_),
        title=title,
        abstract=abstract,
        year=year or (arxiv_year(arxiv) if arxiv else None),
        published=published,
        authors=_authors(_first(record, fields, "authors"), as_written),
        author_count=_count(_first(record, fields, "author_count")),
        organizations=organization_names(named) if (named := _first(record, fields, "organizations")) else (),
        url=next(filter(None, map(_url, urls)), None),
        arxiv_id=arxiv,
        doi=doi_,
        ids=tuple(
            dict.fromkeys(
                (*filter(None, map(work_id, chain(other_ids, ids))), *(f"doi:{other}" for other in own_dois[1:]))
            )
        ),
        venue=_line(_first(record, fields, "venue")),
        venue_year=_parsed(record, fields, "venue_year", publication_year),
        kind=_parsed(record, fields, "kind", publication_kind),
        categories=tuple(dict.fromkeys(each.strip() for each in _every(record, fields, "categories"))),
        repositories=tuple(dict.fromkeys(filter(None, map(_url, _every(record, fields, "repositories"))))),
        upvotes=_count(_first(record, fields, "upvotes")),
        references=_references(record, fields.get("references", ())),
        source=source,
    )


def _first(record: Record, fields: Fields, name: str) -> Any:
    places = fields.get(name)
    return first_value(record, places) if places else None


def _every(record: Record, fields: Fields, name: str) -> list[str]:
    places = fields.get(name)
    if not places:
        return []
    return [one for value in _all(record, places) for each in as_list(value) if (one := text(each))]


def _parsed(record: Record, fields: Fields, name: str, parse: Callable[[object], _T | None]) -> _T | None:
    places = fields.get(name)
    return next(filter(None, map(parse, _all(record, places))), None) if places else None


def _all(record: Record, places: tuple[Where, ...]) -> Iterator[Any]:
    for place in places:
        value = _at(record, place) if isinstance(place, str) else place(record)
        if value is not None and value not in _EMPTY:
            yield value


def _at(value: Any, path: str) -> Any:
    """The value at a path; after `[]`, the values of all elements."""
    if path in value:
        return value[path]
    if "." not in path and "[" not in path:
        return None
    for number, (name, each) in enumerate(_steps(path)):
        value = value.get(name) if isinstance(value, dict) else None
        if each:
            rest = ".".join(step + "[]" * many for step, many in _steps(path)[number + 1 :])
            elements = [one for one in as_list(value) if one is not None]
            if not rest:
                return elements
            inner = (_at(one, rest) for one in elements if isinstance(one, dict))
            return [one for within in inner for one in as_list(within)]
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


def _arxiv_id(value: object) -> str | None:
    """An arXiv id as it is written, or as what a spreadsheet or pandas makes of it: a number without its zeros."""
    if isinstance(value, float):
        value = repr(value)
    return (arxiv_id(value) or arxiv_id_from_number(value)) if text(value) else None  # type: ignore[arg-type]


def _authors(value: object, as_written: bool) -> tuple[str, ...]:
    if as_written and isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(dict.fromkeys(value))
    return author_names(value)


def _line(value: object) -> str | None:
    """A text on one line, without markup; of a list the first that is one."""
    first = next(filter(None, map(text, as_list(value))), None)
    return " ".join(without_markup(first).split()) or None if first else None


def _url(value: str) -> str | None:
    return value.strip() if re.fullmatch(r"https?://\S+", value.strip(), re.IGNORECASE) else None


def _references(record: Record, places: tuple[Where, ...]) -> tuple[str, ...]:
    """The cited papers, each by its most reliable id and, after a tab, its title.

    A number instead of a list only counts them, and is left out.
    """
    value = next((value for value in _all(record, places) if isinstance(value, list | tuple | str)), None)
    if isinstance(value, str):
        # A number alone says how many there are.
        value = [] if _NUMBER.fullmatch(value.strip()) else re.split(r"\s*[;\n]\s*", value.strip())
    return tuple(dict.fromkeys(reference for one in as_list(value) if (reference := _reference(one))))


_REFERENCE: tuple[tuple[Where, ...], ...] = (
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
    title = " ".join((text(first_value(cited, ("title",))) or "").split())
    return "\t".join(filter(None, (known, title))) or None
