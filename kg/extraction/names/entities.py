"""Entities of a paper: accepted names joined by form, acronym and catalogue, each wherever the paper writes it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import NAME_SPANS, title_end
from kg.extraction.names.rules import OPEN
from kg.knowledge.patterns import lines
from kg.text.keys import name_key

_KNOWN = frozenset({"catalogue", "catalogue-cued", "family"})


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """A named thing in a doc; `spans` are all its mentions in order, `rule` is what found it."""

    name: str
    type: str
    spans: tuple[Span, ...]
    rule: str
    known: bool
    """Whether it is in the catalogue, or a version of a family that is."""
    confidence: float
    """How probable it is that this is a name, 0 to 1."""


@Language.factory(
    "citegraph_entities",
    assigns=["doc._.citegraph_entities", "doc.ents"],
    requires=[
        "token._.citegraph_in_link",
        "doc._.citegraph_acronyms",
        "doc._.citegraph_name_probabilities",
        "doc.spans",
    ],
)
def create_entities(nlp: Language, name: str) -> "Entities":
    """Joins names to entities; writes `doc._.citegraph_entities`, and their mentions into `doc.ents`.

    Mentions that overlap an entity which another component has marked are left out of `doc.ents`.
    """
    return Entities()


class Entities:
    """Makes one entity of all mentions of one thing, with one type."""

    def __init__(self) -> None:
        self.generic = frozenset(lines("generic_nouns.txt"))

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_entities` in order of first mention, and adds their mentions to `doc.ents`."""
        spans = [trimmed for span in doc.spans.get(NAME_SPANS, ()) if (trimmed := self._trim(span)) is not None]
        parent: dict[str, str] = {}

        def root(key: str) -> str:
            while parent.setdefault(key, key) != key:
                key = parent[key]
            return key

        def join(one: str, other: str) -> None:
            parent[root(other)] = root(one)

        for span in spans:
            root(_key(span.text))
            if span.kb_id_:
                join(_key(span.kb_id_), _key(span.text))
        pairs = [
            (a.short, a.long)
            for a in doc._.citegraph_acronyms
            if {_key(a.short.text), _key(a.long.text)} & parent.keys()
        ]
        for short, long in pairs:
            join(_key(short.text), _key(long.text))
        for span in spans:
            # The plural of a name is that name.
            key = _key(span.text)
            if key.endswith("s") and key[:-1] in parent:
                join(key[:-1], key)
        members: dict[str, list[Span]] = defaultdict(list)
        for span in [*spans, *(span for pair in pairs for span in pair)]:
            members[root(_key(span.text))].append(span)
        found = self._everywhere(doc, members)
        certainty: dict[str, float] = doc._.citegraph_name_probabilities or {}
        shorts = {root(_key(short.text)): short.text for short, _ in pairs}
        entities = []
        for key, mentions in found.items():
            accepted = [span for span in members[key] if span.label_ and span.label_ != OPEN]
            if not mentions:
                continue
            type_ = _vote(accepted) or "Method"
            entities.append(
                FoundEntity(
                    shorts[key] if key in shorts else _name(mentions),
                    type_,
                    tuple(mentions),
                    next((span.id_ for span in members[key] if span.id_), "acronym"),
                    any(span.kb_id_ or span.id_ in _KNOWN for span in members[key]),
                    max((certainty.get(_key(span.text), 0.0) for span in members[key]), default=0.0),
                )
            )
        doc._.citegraph_entities = tuple(sorted(entities, key=lambda entity: entity.spans[0].start))
        # What other components have marked stays, as with spaCy's own entity ruler.
        taken = {token.i for other in doc.ents for token in other}
        ours = [Span(doc, s.start, s.end, label=entity.type) for entity in entities for s in entity.spans]
        doc.ents = [*doc.ents, *(span for span in ours if taken.isdisjoint(range(span.start, span.end)))]
        return doc

    def _trim(self, span: Span) -> Span | None:
        """The span without articles before and generic nouns after; None where nothing is left."""
        if span.kb_id_:
            return span
        start, end = span.start, span.end
        while start < end and (
            span.doc[start].lower_ in {"the", "a", "an", "our", "we"} or not _worded(span.doc[start].text)
        ):
            start += 1
        while end > start + 1 and (span.doc[end - 1].lower_ in self.generic or not _worded(span.doc[end - 1].text)):
            end -= 1
        if start == end or span.doc[start:end].text.lower() in self.generic:
            return None
        return Span(span.doc, start, end, label=span.label, span_id=span.id, kb_id=span.kb_id)

    def _everywhere(self, doc: Doc, members: dict[str, list[Span]]) -> dict[str, list[Span]]:
        """Every place where a form of an entity stands as a whole, longest forms first."""
        forms: dict[tuple[str, ...], str] = {}
        for key, spans in members.items():
            for span in spans:
                forms.setdefault(tuple(token.text for token in span), key)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for form, key in sorted(forms.items(), key=lambda item: -len(item[0])):
            by_first[form[0]].append((form, key))
        words = [token.text for token in doc]
        own = {(span.start, span.end) for spans in members.values() for span in spans}
        found: dict[str, list[Span]] = {key: [] for key in members}
        position = 0
        title = title_end(doc)
        while position < len(words):
            hit = next(
                (
                    (form, key)
                    for form, key in by_first.get(words[position], ())
                    if tuple(words[position : position + len(form)]) == form
                    and not doc[position]._.citegraph_in_link
                    and not (position < title < position + len(form))
                    and ((position, position + len(form)) in own or _distinct(form))
                ),
                None,
            )
            if hit is None:
                position += 1
                continue
            form, key = hit
            found[key].append(doc[position : position + len(form)])
            position += len(form)
        return found


def _key(text: str) -> str:
    return name_key(text)


def _worded(text: str) -> bool:
    return any(ch.isalnum() for ch in text)


def _distinct(form: tuple[str, ...]) -> bool:
    """Whether a form can be recognised away from the cue that found it."""
    return len(form) > 1 or any(ch.isupper() or ch.isdigit() for ch in form[0])


def _vote(spans: Iterable[Span]) -> str:
    """The most frequent type, catalogue finds counting double; '' without any."""
    votes = Counter[str]()
    for span in spans:
        votes[span.label_] += 2 if span.kb_id_ else 1
    return min(votes, key=lambda type_: (-votes[type_], type_)) if votes else ""


def _name(mentions: list[Span]) -> str:
    """The most frequent form; of equals the shorter, then the first in the alphabet."""
    counts = Counter(span.text for span in mentions)
    return min(counts, key=lambda form: (-counts[form], len(form), form))
