"""The entities of a paper: names joined by spelling, acronym and catalogue, and every place where they are written."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import NAME_SPANS, title_end
from kg.extraction.names.catalogue_matcher import CUED, LISTED
from kg.extraction.names.rules import UNTYPED
from kg.extraction.names.stated_types import StatedTypes
from kg.extraction.names.trailing_nouns import TrailingNouns
from kg.text.keys import name_key
from kg.union_find import UnionFind

_KNOWN = frozenset({LISTED, CUED, "family"})


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity in a doc.

    Attributes:
        name: how the paper writes it most often, or its short form where it has one.
        type: Benchmark, Dataset, Model or Method.
        spans: all its mentions, in order.
        rule: what found it.
        known: whether it is in the catalogue, or a version of a family that is.
        confidence: probability (0 to 1) that this is a name.
    """

    name: str
    type: str
    spans: tuple[Span, ...]
    rule: str
    known: bool
    confidence: float


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
def create_entities(nlp: Language, name: str) -> "EntityGrouper":
    """Makes entities of names; writes `doc._.citegraph_entities`, and adds their mentions to `doc.ents`.

    Mentions that overlap an entity which another component has marked are left out of `doc.ents`.
    """
    return EntityGrouper()


class EntityGrouper:
    """Makes one entity, of one type, of all names that are the same by spelling, acronym or catalogue."""

    def __init__(self) -> None:
        self.nouns = TrailingNouns()
        self.stated = StatedTypes()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_entities` in order of first mention, and adds their mentions to `doc.ents`."""
        probabilities: dict[str, float] = doc._.citegraph_name_probabilities or {}
        certain: dict[str, float] = defaultdict(float, probabilities)
        spans = []
        for span in doc.spans.get(NAME_SPANS, ()):
            trimmed = self._trimmed(span, probabilities)
            if trimmed is not None:
                spans.append(trimmed)
                # What is left of a name is as certain as the whole.
                key = name_key(trimmed.text)
                certain[key] = max(certain[key], probabilities.get(name_key(span.text), 0.0))
        keys = {name_key(written) for span in spans for written in (span.text, span.kb_id_) if written}
        pairs = [
            (acronym.short, acronym.long)
            for acronym in doc._.citegraph_acronyms
            if {name_key(acronym.short.text), name_key(acronym.long.text)} & keys
        ]
        groups = _groups(spans, pairs)
        members: dict[str, list[Span]] = defaultdict(list)
        for span in [*spans, *(span for pair in pairs for span in pair)]:
            members[groups.find(name_key(span.text))].append(span)
        shorts = {groups.find(name_key(short.text)): short.text for short, _ in pairs}
        entities = [
            FoundEntity(
                shorts[group] if group in shorts else _main_name(mentions),
                self._type(doc, members[group], mentions),
                tuple(mentions),
                next((span.id_ for span in members[group] if span.id_), "acronym"),
                any(span.kb_id_ or span.id_ in _KNOWN for span in members[group]),
                max(certain.get(name_key(span.text), 0.0) for span in members[group]),
            )
            for group, mentions in self._mentions(doc, members).items()
            if mentions
        ]
        doc._.citegraph_entities = tuple(sorted(entities, key=lambda entity: entity.spans[0].start))
        # What other components have marked stays, as with spaCy's own entity ruler.
        taken = {token.i for other in doc.ents for token in other}
        ours = [Span(doc, s.start, s.end, label=entity.type) for entity in entities for s in entity.spans]
        doc.ents = [*doc.ents, *(span for span in ours if taken.isdisjoint(range(span.start, span.end)))]
        return doc

    def _trimmed(self, span: Span, known: Container[str]) -> Span | None:
        """The span without articles before it and nouns at its end that are no part of the name; None for no name.

        Args:
            span: what was accepted as a name.
            known: keys of all names that were accepted.
        """
        if span.kb_id_:
            return span
        start, end = span.start, span.end
        while start < end and (
            span.doc[start].lower_ in {"the", "a", "an", "our", "we"} or not _has_letters(span.doc[start].text)
        ):
            start += 1
        while end > start + 1 and not _has_letters(span.doc[end - 1].text) and not _closes(span.doc[start:end]):
            end -= 1
        end = start + self.nouns.kept(span.doc[start:end], known)
        if start == end or self.nouns.is_noun(span.doc[start:end].text) or span.doc[end - 1].text.endswith("-"):
            return None
        return Span(span.doc, start, end, label=span.label, span_id=span.id, kb_id=span.kb_id)

    def _type(self, doc: Doc, members: Sequence[Span], mentions: Sequence[Span]) -> str:
        """The type of an entity: the catalogue's, else what the text states, else that of most names."""
        type_ = _majority_type(members) or "Method"
        is_known = any(span.kb_id_ or span.id_ in _KNOWN for span in members)
        return type_ if is_known else self.stated.corrected(doc, mentions, type_)

    def _mentions(self, doc: Doc, members: Mapping[str, list[Span]]) -> dict[str, list[Span]]:
        """Every place where a name of a group is written as a whole, by group; of two that overlap the longer name."""
        spellings: dict[tuple[str, ...], str] = {}
        for key, spans in members.items():
            for span in spans:
                spellings.setdefault(tuple(token.text for token in span), key)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for written, key in sorted(spellings.items(), key=lambda item: -len(item[0])):
            by_first[written[0]].append((written, key))
        words = [token.text for token in doc]
        own = {(span.start, span.end) for spans in members.values() for span in spans}
        found: dict[str, list[Span]] = {key: [] for key in members}
        position = 0
        title = title_end(doc)
        while position < len(words):
            hit = next(
                (
                    (written, key)
                    for written, key in by_first.get(words[position], ())
                    if tuple(words[position : position + len(written)]) == written
                    and not doc[position]._.citegraph_in_link
                    and not (position < title < position + len(written))
                    and ((position, position + len(written)) in own or _is_distinctive(written))
                ),
                None,
            )
            if hit is None:
                position += 1
                continue
            written, key = hit
            found[key].append(doc[position : position + len(written)])
            position += len(written)
        return found


def _groups(spans: Iterable[Span], acronyms: Iterable[tuple[Span, Span]]) -> UnionFind[str]:
    """The keys of names, joined with those of their canonical names, of their long or short forms, and of plurals."""
    groups: UnionFind[str] = UnionFind()
    keys = set()
    names = [(name_key(span.text), name_key(span.kb_id_ or span.text)) for span in spans]
    pairs = [(name_key(short.text), name_key(long.text)) for short, long in acronyms]
    for pair in (*names, *pairs):
        groups.join(*pair)
        keys |= {*pair}
    for key, _ in names:
        if key.endswith("s") and key[:-1] in keys:
            groups.join(key[:-1], key)
    return groups


def _closes(span: Span) -> bool:
    """Whether a span ends with a mark that closes what is opened within it: R$^2$, Vicuna (7B)."""
    text = span.text
    return (text[-1] == "$" and text.count("$") % 2 == 0) or (text[-1] == ")" and text.count("(") == text.count(")"))


def _has_letters(text: str) -> bool:
    """Whether a text has a letter or digit."""
    return any(ch.isalnum() for ch in text)


def _is_distinctive(words: tuple[str, ...]) -> bool:
    """Whether a name can be recognised away from the place where it was found: several words, a capital or a digit."""
    return len(words) > 1 or any(ch.isupper() or ch.isdigit() for ch in words[0])


def _majority_type(spans: Iterable[Span]) -> str:
    """The most frequent type, where names of the catalogue count twice; "" without any."""
    votes = Counter[str]()
    for span in spans:
        if span.label_ not in {"", UNTYPED}:
            votes[span.label_] += 2 if span.kb_id_ else 1
    return min(votes, key=lambda type_: (-votes[type_], type_)) if votes else ""


def _main_name(mentions: list[Span]) -> str:
    """The most frequent spelling; of equals the shorter, then the first in the alphabet."""
    counts = Counter(span.text for span in mentions)
    return min(counts, key=lambda written: (-counts[written], len(written), written))
