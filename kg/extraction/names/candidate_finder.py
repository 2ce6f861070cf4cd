"""Finds candidates for names by catalogue, acronym, shape and position, each with the cues around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.extraction.acronyms import Acronym
from kg.extraction.attributes import CATALOGUE_SPANS, title_end
from kg.extraction.contexts import Context, contexts
from kg.extraction.cues import Cue, load_cues
from kg.extraction.names.catalogue_matcher import CUED, LISTED
from kg.knowledge.patterns import lines, objects, pattern_file
from kg.text.keys import name_key

# Capitals and small letters or digits in one word: iTransformer, wav2vec2, MS-COCO.
_MIXED = re.compile(
    r"(?=.*[A-Z])(?=.*[a-z])(?:[a-z]+[\w.+@-]*[A-Z]|[A-Z][\w.+@'-]*[A-Z]|[A-Za-z][\w.+@-]*\d|[\w.+]+-[A-Z]\w|[A-Z]\w*-\w)[\w.+@'-]*$"
)
# All capitals: BERT, CIFAR-10, GPUs.
_CAPITALS = re.compile(r"[A-Z][A-Z0-9&+]*[A-Z0-9+](?:-[A-Z0-9+]+)*s?$")
# Quantities and measures: 3D, 16-bit, 5-shot, top-5, mAP@50.
_MEASURE = re.compile(
    r"(?i)^(?:\d+(?:\.\d+)?[-x×]?(?:d|k|m|b|x|gb|mb|kb|ms|s|hz|khz|th|st|nd|rd|bit|bits|shot|way|fold|year|hour|min|px|p|pp|h|t|g|tb|nm|cm|mm|fps|w|v|c|f)?|[a-z]\d?|top-\d+|f\d|l\d|k=\d+|n=\d+|covid.*|[a-z]+@[\d.]+[a-z]*|\d.*)$"
)
_CAPITALISED = re.compile(r"[A-Z][\w'+-]*$")
# A digit, or a capital after the first letter, anywhere.
_ODD = re.compile(r"(?=.*[A-Za-z])(?=.*\d|.+[A-Z])[A-Za-z0-9][\w.+/&-]*[A-Za-z0-9+]$")
# Of these, what is no name: numbers with units, years, words with a prefix.
_QUANTITY = re.compile(
    r"(?i)(?:[\d.,]+(?:[kmbtxdspg%]|[a-z]{1,2}|bit|st|nd|rd|th)?(?:-\w+)?|(?:19|20)\d\d-\d+|\w-\w+"
    r"|(?:pre|non|multi|co|re|sub|cross|top|un|semi|self)-.*)$"
)
# Small words within a name: Mixture of Experts.
_INNER_WORDS = frozenset("of the for in on to with -".split())
FIELD = "field"
"""Rule of words that are rarely names, such as acronyms of fields: only a trained component takes one for a name."""
_PLAIN = re.compile(r"[A-Z][a-z]+$")
# What may follow a name: a year, a version, a size.
_EDITION = re.compile(r"(?:(?:19|20)\d\d|v\d(?:\.\d{1,2}){0,2}|\d\.\d|\d{1,3}(?:\.\d)?[BM])$")
# What may follow the name of a family of models.
_VERSION = re.compile(
    r"(?:v?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?|\d{1,3}(?:\.\d)?[BbM]|\d{1,2}[xX×]\d{1,3}B|R1|V[23](?:\.\d)?|[oO][1-4])$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name.

    Attributes:
        span: where it stands.
        prior: probability (0 to 1) that it is a name, by shape and position alone.
        rule: what proposed it.
        type: the catalogue's or the family's; "" where neither has it.
    """

    span: Span
    prior: float
    rule: str
    type: str = ""

    @property
    def key(self) -> str:
        """Key of its text."""
        return name_key(self.span.text)


@dataclass(frozen=True, slots=True)
class Clues:
    """Evidence for a candidate.

    Attributes:
        context: what stands around it.
        cues: the cue patterns that match there.
        shapes: types that its own letters suggest.
    """

    context: Context
    cues: tuple[Cue, ...]
    shapes: tuple[str, ...]


CluedCandidate = tuple[Candidate, Clues]
"""A candidate with what speaks for it."""


@Language.factory(
    "citegraph_candidates",
    assigns=["doc._.citegraph_candidates"],
    requires=["token.is_sent_start", "token._.citegraph_in_link", "doc._.citegraph_acronyms", "doc.spans"],
)
def create_candidates(nlp: Language, name: str) -> "CandidateFinder":
    """Finds candidates; writes `doc._.citegraph_candidates`, pairs of a candidate and its clues by position."""
    return CandidateFinder()


class CandidateFinder:
    """Finds spans that may be names, no two of which overlap."""

    def __init__(self) -> None:
        self.cues = load_cues("names.jsonl")
        self.not_names = frozenset(name_key(line) for line in lines("not_names.txt"))
        self.not_first = frozenset(lines("not_first.txt"))
        self.families = frozenset(lines("families.txt"))
        self.variants = frozenset(lines("variants.txt"))
        self.shapes = [(re.compile(s["pattern"]), s["type"]) for s in objects(pattern_file("shapes.jsonl"))]

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_candidates`."""
        found = _without_overlaps(self._candidates(doc), self._spelled_out(doc))
        around = contexts(doc, [candidate.span for candidate in found])
        doc._.citegraph_candidates = tuple(
            (candidate, self._clues(candidate, context)) for candidate, context in zip(found, around, strict=True)
        )
        return doc

    def _clues(self, candidate: Candidate, context: Context) -> Clues:
        text = candidate.span.text
        return Clues(
            context,
            tuple(self.cues.matching(context, candidate.type)),
            tuple(type_ for pattern, type_ in self.shapes if pattern.search(text)),
        )

    def _no_name(self, text: str) -> bool:
        """Whether a word is on the list of non-names, in singular or plural."""
        key = name_key(text)
        return key in self.not_names or key.removesuffix("s") in self.not_names or f"{key}s" in self.not_names

    def _is_common(self, acronym: Acronym) -> bool:
        """Whether an acronym or what it stands for is on the list of non-names."""
        return self._no_name(acronym.short.text) or self._no_name(acronym.long.text)

    def _spelled_out(self, doc: Doc) -> set[int]:
        """Indices of tokens that only spell something out: long forms of no names, words in an acronym's bracket."""
        found: set[int] = set()
        for acronym in doc._.citegraph_acronyms:
            if self._is_common(acronym):
                found.update(range(acronym.long.start, acronym.long.end))
        for token in doc[:-2]:
            if token.text != "(" or token.i == 0 or not any(ch.isupper() for ch in doc[token.i - 1].text[1:]):
                continue
            close = next((i for i in range(token.i + 1, min(token.i + 16, len(doc))) if doc[i].text == ")"), None)
            if close is None:
                continue
            inside = doc[token.i + 1 : close]
            letters = [word.text[0].lower() for word in inside if word.text[0].isalpha()]
            # DRACO (Deep Research Accuracy, Completeness, and Objectivity): the words spell the name before them.
            spelled = sum(letter in doc[token.i - 1].lower_ for letter in letters)
            if len(letters) >= 3 and spelled >= 0.8 * len(letters) and doc[token.i - 1].lower_[0] == letters[0]:
                found.update(range(inside.start, inside.end))
        # \textbf{Cogn}itive: the part of a word that an acronym is made of, marked in TeX.
        found.update(
            token.i
            for token in doc[:-2]
            if not token.whitespace_
            and doc[token.i + 1].text == "}"
            and not doc[token.i + 1].whitespace_
            and doc[token.i + 2].text[0].isalpha()
        )
        return found

    def _candidates(self, doc: Doc) -> Iterator[Candidate]:
        """Everything that may be a name; candidates may overlap."""
        title = title_end(doc)
        for span in doc.spans.get(CATALOGUE_SPANS, ()):
            yield Candidate(span, 0.2 if span.id_ == CUED else 1.0, span.id_, span.label_)
            longer = self._extended(doc, span.start, span.end, title)
            if len(longer) > len(span):
                yield Candidate(longer, 1.0, "extended", span.label_)
        prefix = self._title_prefix(doc, title)
        if prefix is not None:
            yield Candidate(prefix, 0.8, "title")
        for acronym in doc._.citegraph_acronyms:
            if self._is_common(acronym):
                yield Candidate(acronym.short, 0.0, FIELD)
            else:
                capitals = sum(token.text[0].isupper() for token in acronym.long)
                named = capitals > len(acronym.long) / 2
                yield Candidate(acronym.long, 0.3 if named else 0.12, "long-form")
                yield Candidate(acronym.short, 0.35 if named else 0.2, "acronym")
        position = 0
        while position < len(doc):
            token = doc[position]
            if token._.citegraph_in_link:
                position += 1
                continue
            family = self._family(doc, position)
            if family is not None:
                yield Candidate(family, 0.9, "family", "Model")
                position = family.end
                continue
            prior, rule = self._shape(token)
            end = position + 1
            if prior:
                span = self._extended(doc, position, end, title)
                end = span.end
                yield Candidate(span, prior, rule)
            elif _ODD.match(token.text) and not _QUANTITY.match(token.text) and not self._no_name(token.text):
                yield Candidate(doc[position:end], 0.0, FIELD)
            position = end
        yield from self._capitalised(doc, title)

    def _shape(self, token: Token) -> tuple[float, str]:
        """Probability (0 to 1) that a token is a name by its letters alone, and the rule that it matches."""
        text = token.text
        if len(text) < 2 or not text[0].isalnum() or _MEASURE.match(text) or self._no_name(text):
            return 0.0, ""
        if _CAPITALS.match(text):
            return (0.25, "capitals") if not text.isdigit() else (0.0, "")
        if _MIXED.match(text):
            parts = text.split("-")
            if len(parts) > 1 and all(self._is_plain_part(part) for part in parts):
                return (0.4, "shape") if any(pattern.search(text) for pattern, _ in self.shapes) else (0.0, "")
            return 0.5, "mixed-case"
        return 0.0, ""

    def _is_plain_part(self, part: str) -> bool:
        """Whether part of a compound is an ordinary word, as in Vision-Language, cross-LLM and AI-Driven."""
        if part.islower():
            return len(part) > 2 or part in _INNER_WORDS
        return part.istitle() or self._no_name(part) or part.isdigit() or not part

    def _family(self, doc: Doc, start: int) -> Span | None:
        """The name of a version or variant of a known family of models that starts here: "Llama 3.1 8B"."""
        text = doc[start].text
        head = re.match(r"[A-Za-z]+(?:-[A-Z][A-Za-z]+)?", text)
        if not head or (head.group() not in self.families and head.group().split("-")[0] not in self.families):
            return None
        end = start + 1
        while end < len(doc) and end < start + 5:
            word = doc[end].text
            if (_VERSION.match(word) and (not word.isdigit() or int(word) <= 12)) or word in self.variants:
                end += 1
            elif word in {"-", ":"} and end + 1 < len(doc) and _VERSION.match(doc[end + 1].text):
                end += 2
            else:
                break
        distinct = end > start + 1 or len(text) > len(head.group())
        return doc[start:end] if distinct else None

    def _extended(self, doc: Doc, start: int, end: int, title: int) -> Span:
        """A name with the version, size, year or variant after it, and with a capitalised word right before it."""
        last = end
        while last < len(doc) and last < end + 3 and self._is_version(doc, last):
            last += 1
        if last + 2 < len(doc) and doc[last].text == "Task" and doc[last + 1].is_digit:
            last += 2
        before = doc[start - 1] if start else None
        if (
            before is not None
            and start > title
            and not before.is_sent_start
            and _PLAIN.match(before.text)
            and before.lower_ not in self.not_first
            and not self._no_name(before.text)
            and not before._.citegraph_in_link
            and not (start > 1 and _CAPITALISED.match(doc[start - 2].text))
        ):
            start -= 1
        return doc[start:last]

    def _is_version(self, doc: Doc, position: int) -> bool:
        """Whether a token is a version, size, year or variant that belongs to the name before it."""
        text = doc[position].text
        following = doc[position + 1].text if position + 1 < len(doc) else ""
        if following in {"%", "\\%", "points", "times"}:
            return False
        return text in self.variants or _EDITION.match(text) is not None

    def _title_prefix(self, doc: Doc, title: int) -> Span | None:
        """What stands before the colon of a title, where it can be the name of what the paper is about."""
        colon = next((i for i in range(1, min(title, 7)) if doc[i].text in {":", "—", "--"}), None)
        if colon is None or title == 0:
            return None
        span = doc[0:colon]
        while len(span) and not span[0].text[0].isalnum():
            span = span[1:]
        if not len(span) or span[0].lower_ in self.not_first or name_key(span.text) in self.not_names:
            return None
        text = span.text
        if len(span) == 1:
            return span if text[0].isupper() or any(ch.isupper() for ch in text) else None
        body = doc[title:].text
        named = any(self._shape(token)[0] for token in span)
        return span if text in body or (named and len(span) <= 3) else None

    def _capitalised(self, doc: Doc, title: int) -> Iterator[Candidate]:
        """Runs of capitalised words in the abstract: in a title every word may be one."""
        position = title
        while position < len(doc):
            token = doc[position]
            if not _CAPITALISED.match(token.text) or token._.citegraph_in_link:
                position += 1
                continue
            end = position + 1
            last = end
            while end < len(doc) and end < position + 10:
                text = doc[end].text
                if _CAPITALISED.match(text) or (text[0].isdigit() and last == end and len(text) <= 4):
                    end += 1
                    last = end
                elif (text in _INNER_WORDS or text == "'s") and not doc[end].is_sent_start:
                    end += 1
                else:
                    break
            span = doc[position:last]
            while len(span) and (span[0].lower_ in self.not_first or not _CAPITALISED.match(span[0].text)):
                span = span[1:]
            if len(span) and not self._no_name(span.text) and not all(self._no_name(word.text) for word in span):
                weak = len(span) == 1 and span[0].is_sent_start
                if not weak:
                    yield Candidate(span, 0.05, "capitalised")
            position = max(last, position + 1)


def _without_overlaps(candidates: Iterable[Candidate], spelled_out: set[int]) -> list[Candidate]:
    """Resolves overlaps: the more probable wins, then the longer. In order of position.

    Only names of the catalogue may be among the tokens that are `spelled_out`.
    """
    taken: set[int] = set()
    chosen = []
    for candidate in sorted(candidates, key=lambda c: (-(c.prior + 0.02 * len(c.span)), -len(c.span), c.span.start)):
        covered = range(candidate.span.start, candidate.span.end)
        known = candidate.rule in {LISTED, CUED}
        if len(covered) and not taken.intersection(covered) and (known or not spelled_out.intersection(covered)):
            taken.update(covered)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.span.start)
