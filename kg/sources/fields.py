"""Records as JSON objects, with the field names that are in use, made papers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from kg.names import arxiv_id, arxiv_year, doi, paper_key
from kg.schema import Extraction, Paper
from kg.sources.base import Problem

_FOUND = tuple(Extraction.model_fields.keys() - Paper.model_fields.keys())
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T ])")


def items(record: object, source: str, file: str, line: int) -> Iterator[Paper | Problem]:
    """The paper or extraction of one JSON value, and what is wrong with it.

    What an optional field cannot hold is left out of the record.
    """
    if not isinstance(record, Mapping):
        yield Problem(file, line, f"a record must be a JSON object, not {type(record).__name__}; left out")
        return
    title = record.get("title")
    if _text(title) is None:
        yield Problem(file, line, f"{_complaint('title', title)}; record left out")
        return
    abstract = _first(record, "abstract", "summary")
    if abstract is not None and abstract != "" and _text(abstract) is None:
        yield Problem(file, line, f"{_complaint('abstract', abstract)}; read without it")
    paper = _paper(record, source)
    if "entities" not in record:
        yield paper
        return
    extraction = _extraction(paper, record)
    if isinstance(extraction, str):
        yield Problem(file, line, f"not a valid extraction ({extraction}); read as a plain record")
        yield paper
    else:
        yield extraction


def _complaint(name: str, value: object) -> str:
    if value is None or value == "":
        return f"no {name}"
    if not isinstance(value, str):
        return f"{name} is no text"
    return (
        f"{name} is blank" if not value.strip() else f"{name} holds characters that are no text (NUL, half a surrogate)"
    )


def _paper(record: Mapping[str, Any], source: str) -> Paper:
    own_id = _identifier(_first(record, "id", "paper_id", "paperId"))
    url = _url(_first(record, "url", "link"))
    candidates = [
        _text(_first(record, "arxiv_id", "arxivId", "arxiv")),
        _text(_first(record, "doi", "DOI")),
        own_id,
        url,
    ]
    arxiv = next(filter(None, (arxiv_id(text) for text in candidates if text)), None)
    doi_ = next(filter(None, (doi(text) for text in candidates if text)), None)
    published = _published(_first(record, "published", "published_at", "publishedAt", "publication_date", "date"))
    year = _year(record.get("year")) or (int(published[:4]) if published else None)
    return Paper(
        id=own_id or paper_key(record["title"], arxiv, doi_),
        title=record["title"],
        abstract=_text(_first(record, "abstract", "summary")) or "",
        year=year or (arxiv_year(arxiv) if arxiv else None),
        published=published,
        authors=_names(_first(record, "authors", "author")),
        author_count=_count(record.get("author_count")),
        organizations=_names(_first(record, "organizations", "organization", "organisations", "organisation")),
        url=url,
        arxiv_id=arxiv,
        doi=doi_,
        upvotes=_count(record.get("upvotes")),
        references=_references(record.get("references")),
        source=source,
    )


def _extraction(paper: Paper, record: Mapping[str, Any]) -> Extraction | str:
    """The extraction, or what is wrong with it. It keeps the source that it names."""
    try:
        given = Extraction.model_validate(
            {
                **paper.model_dump(),
                **{name: record[name] for name in _FOUND if name in record},
                "source": _text(record.get("source")) or paper.source,
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return _misplaced(given) or given


def _misplaced(extraction: Extraction) -> str | None:
    """The first span that is not the text that it claims to be."""
    spans: Iterable[tuple[str, str, int, int]] = (
        *((m.text, m.field, m.start, m.end) for e in extraction.entities for m in e.mentions),
        *((r.evidence, r.field, r.start, r.end) for e in extraction.entities for r in e.relations),
        *((r.value.lstrip("+-"), r.field, r.start, r.end) for r in extraction.results),
    )
    for text, field, start, end in spans:
        found = (
            (extraction.title if field == "title" else extraction.abstract)[start:end] if 0 <= start <= end else None
        )
        if found is None or (found != text and found.lstrip("+-") != text):
            return f"{field}[{start}:{end}] is not {text[:40]!r}"
    return None


def _first(record: Mapping[str, Any], *names: str) -> Any:
    return next((record[name] for name in names if record.get(name) not in (None, "")), None)


def _text(value: object) -> str | None:
    """A text that says something and that every engine can store, unchanged."""
    return value if isinstance(value, str) and value.strip() and not _NO_TEXT.search(value) else None


def _identifier(value: object) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def _url(value: object) -> str | None:
    text = (_text(value) or "").strip()
    return text if re.fullmatch(r"https?://\S+", text, re.IGNORECASE) else None


def _year(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value.strip(), re.ASCII):
        value = int(value)
    year = _count(value)
    return year if year and 1000 <= year < 3000 else None


def _published(value: object) -> str | None:
    """An ISO 8601 date to the day, month or year."""
    found = _DATE.match((_text(value) or "").strip())
    if not found:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return found.group() if _year(year) else None


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _names(value: object) -> tuple[str, ...]:
    """Names given as a list of texts or of objects, or as one text with `;`, or else commas, between."""
    if isinstance(value, str):
        value = re.split(r"\s*;\s*" if ";" in value else r"\s*,\s*(?:and\s+)?|\s+and\s+", value)
    named = (_first(one, "fullname", "name") if isinstance(one, Mapping) else one for one in _listed(value))
    return tuple(dict.fromkeys(text.strip() for text in map(_text, named) if text))


def _references(value: object) -> tuple[str, ...]:
    """Ids of references, each a text or a record with an id or a title."""
    return tuple(dict.fromkeys(key for one in _listed(value) if (key := _reference(one))))


def _reference(one: object) -> str | None:
    if not isinstance(one, Mapping):
        return _identifier(one)
    title = _text(one.get("title"))
    given = _identifier(_first(one, "id", "paper_id", "paperId", "arxiv_id", "arxivId", "doi", "DOI"))
    return given or (paper_key(title) if title else None)
