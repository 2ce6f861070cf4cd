"""From an analysed doc to the record that is written: what was found, with fields and offsets of the paper."""

from spacy.tokens import Doc, Span

from kg.extraction.attributes import title_characters
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.rules import FoundRelation
from kg.extraction.results.rules import FoundResult
from kg.schema import Entity, Extraction, Link, Mention, Paper, Relation, Result
from kg.schema.records import TextField

BREAK = "\n\n"
"""Between title and abstract."""


def extraction_of(doc: Doc, paper: Paper, version: str) -> Extraction:
    """What a pipeline of this version has found in a paper, from the doc of its title, `BREAK` and its abstract."""
    title = title_characters(doc)
    return Extraction(
        **{name: getattr(paper, name) for name in Paper.model_fields},
        entities=tuple(
            _entity(entity, found, title)
            for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
        ),
        tasks=doc._.citegraph_tasks,
        links=tuple(Link(url=link.url, kind=link.kind, own=link.own) for link in doc._.citegraph_links),
        results=tuple(_result(result, title) for result in doc._.citegraph_results),
        pipeline=version,
    )


def _place(start: int, end: int, title: int) -> tuple[TextField, int, int]:
    """Field, start and end in it, of characters of a doc whose title has `title` characters."""
    if start < title:
        return "title", start, min(end, title)
    shift = title + len(BREAK)
    return "abstract", start - shift, end - shift


def _entity(entity: FoundEntity, found: tuple[FoundRelation, ...], title: int) -> Entity:
    return Entity(
        name=entity.name,
        type=entity.type,
        mentions=tuple(_mention(span, title) for span in entity.spans),
        relations=tuple(_relation(relation, title) for relation in found),
    )


def _mention(span: Span, title: int) -> Mention:
    field, start, end = _place(span.start_char, span.end_char, title)
    return Mention(text=span.text, field=field, start=start, end=end)


def _relation(relation: FoundRelation, title: int) -> Relation:
    sentence = relation.sentence
    field, start, end = _place(sentence.start_char, sentence.end_char, title)
    text = sentence.text if field == "abstract" else sentence.text[: end - start]
    return Relation(
        type=relation.type,
        confidence=relation.confidence,
        by=relation.by,
        evidence=text,
        field=field,
        start=start,
        end=end,
    )


def _result(result: FoundResult, title: int) -> Result:
    field, start, end = _place(result.start, result.end, title)
    return Result(
        model=result.model,
        benchmark=result.benchmark,
        metric=result.metric,
        value=result.value,
        field=field,
        start=start,
        end=end,
    )
