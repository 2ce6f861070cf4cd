"""From an analysed doc to the record that is written: what was found, with fields and offsets of the paper."""

from collections.abc import Mapping

from spacy.tokens import Doc, Span

from kg.extraction.attributes import title_characters
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.rules import FoundRelation
from kg.extraction.results.rules import FoundResult
from kg.extraction.tasks.found import FoundTask
from kg.schema import AddressedTask, Entity, Extraction, Link, Mention, Paper, Relation, Result
from kg.schema.records import TextField
from kg.text.line_ends import Unwrapped

BREAK = "\n\n"
"""Between title and abstract."""


def extraction_of(doc: Doc, paper: Paper, read: Mapping[TextField, Unwrapped], version: str) -> Extraction:
    """What a pipeline of this version has found in a paper.

    Args:
        doc: the title, `BREAK` and the abstract as they were read.
        paper: the record; offsets are those of its own title and abstract.
        read: title and abstract as they were read.
        version: the pipeline's.
    """
    places = _Places(paper, read, title_characters(doc))
    return Extraction(
        **{name: getattr(paper, name) for name in Paper.model_fields},
        entities=tuple(
            _entity(entity, found, places)
            for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
        ),
        tasks=tuple(task.name for task in doc._.citegraph_tasks),
        addresses=tuple(_address(task, places) for task in doc._.citegraph_tasks),
        links=tuple(Link(url=link.url, kind=link.kind, own=link.own) for link in doc._.citegraph_links),
        results=tuple(_result(result, places) for result in doc._.citegraph_results),
        pipeline=version,
    )


class _Places:
    """Where characters of a doc stand in its paper."""

    def __init__(self, paper: Paper, read: Mapping[TextField, Unwrapped], title: int) -> None:
        self._stored: dict[TextField, str] = {"title": paper.title, "abstract": paper.abstract}
        self._read = read
        self._title = title

    def of(self, start: int, end: int) -> tuple[TextField, int, int, str]:
        """Field, start and end in it, and what stands there."""
        field: TextField = "title" if start < self._title else "abstract"
        shift = 0 if field == "title" else self._title + len(BREAK)
        end = min(end, self._title) if field == "title" else end
        first, last = self._read[field].place(start - shift, end - shift)
        return field, first, last, self._stored[field][first:last]


def _entity(entity: FoundEntity, found: tuple[FoundRelation, ...], places: _Places) -> Entity:
    return Entity(
        name=entity.name,
        type=entity.type,
        mentions=tuple(_mention(span, places) for span in entity.spans),
        relations=tuple(_relation(relation, places) for relation in found),
    )


def _mention(span: Span, places: _Places) -> Mention:
    field, start, end, text = places.of(span.start_char, span.end_char)
    return Mention(text=text, field=field, start=start, end=end)


def _relation(relation: FoundRelation, places: _Places) -> Relation:
    field, start, end, text = places.of(relation.sentence.start_char, relation.sentence.end_char)
    return Relation(
        type=relation.type,
        instead=relation.instead,
        confidence=relation.confidence,
        by=relation.by,
        evidence=text,
        field=field,
        start=start,
        end=end,
    )


def _address(task: FoundTask, places: _Places) -> AddressedTask:
    field, start, end, text = places.of(task.sentence.start_char, task.sentence.end_char)
    return AddressedTask(
        task=task.name, confidence=task.confidence, by=task.by, evidence=text, field=field, start=start, end=end
    )


def _result(result: FoundResult, places: _Places) -> Result:
    field, start, end, text = places.of(result.start, result.end)
    sign = result.value[: len(result.value) - (result.end - result.start)]
    return Result(
        model=result.model,
        benchmark=result.benchmark,
        metric=result.metric,
        value=sign + text,
        field=field,
        start=start,
        end=end,
    )
