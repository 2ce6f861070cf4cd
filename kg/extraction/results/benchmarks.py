"""On which benchmark a figure is, by the words around it."""

import re
from collections.abc import Sequence

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.figures import (
    GAP,
    REACH,
    EntityMention,
    FigureSentence,
    Run,
    coordinations,
    distinct_entities,
)
from kg.extraction.results.word_patterns import alternatives, at_end, hedges_at_end

_CONJUNCT = re.compile(r"\W*(?:,|\band\b|\bbut\b|\bwhile\b|\bor\b)\W*(?:on|for|in|across)\s", re.IGNORECASE)
_DATA_NOUN = re.compile(
    r"\s*(?:(?:datasets?|benchmarks?|test sets?|tests?|suites?|tasks?|challenges?|corpus|data)\b\s*)+", re.IGNORECASE
)
_UNKNOWN_BRACKET = re.compile(r"(?:[A-Z][\w.+-]*|\w+-\d[\w.]*)\s*\(\s*(?:[\w@-]+\s*){0,2}$")
_UNKNOWN_PLACE = re.compile(r"\b(?:on|across)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}(?=[A-Z])")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_CONTINUES = re.compile(r"^[^.;:]*(?:\band\b|,)(?!\s*(?:while|whereas|but)\b)[^.;:]*$")


class BenchmarkRules:
    """Finds the benchmarks of figures."""

    def __init__(self) -> None:
        self.hedges = hedges_at_end()
        self.training = at_end("figure_words/training.txt")
        places = alternatives("figure_words/places.txt")
        self.leading = re.compile(
            rf"(?:.*\W)?(?:{places})\s+(?:[^\s,;:()]+\s+){{0,6}}(?:\(\s*)?", re.IGNORECASE | re.DOTALL
        )
        self.after_preposition = re.compile(rf"\b(?:{places})\s+(?:[^\s,;:()]+\s+){{0,4}}$", re.IGNORECASE)
        self.elsewhere = re.compile(r"(?:\s+[\w@-]+){0,4}?\s+(?:on|across)\s+(?!average)", re.IGNORECASE)
        self.overall = re.compile(rf"\b(?:{alternatives('figure_words/overall.txt')})(?!\w)", re.IGNORECASE)
        self.same = re.compile(rf"\b(?:{alternatives('figure_words/same.txt')})(?!\w)", re.IGNORECASE)

    def of(
        self, sentence: FigureSentence, run: Run, home: FoundEntity | None, last: tuple[FoundEntity, ...]
    ) -> list[tuple[FoundEntity, ...]]:
        """The benchmarks of each figure of a run: one by one, where as many are listed as figures.

        Args:
            sentence: the sentence.
            run: coordinated figures in it.
            home: the paper's only benchmark, if that is sure.
            last: the benchmarks that were named last before this sentence.
        """
        if not sentence.data:
            if 1 < run.length == len(last) and _RESPECTIVELY.search(sentence.text, run.start):
                return [(last[item],) for item in run.items]
            return [self._from_earlier(sentence, run, home, last)] * len(run.indices)
        group = self._nearest_group(sentence, run)
        benchmarks = distinct_entities(group)
        if run.length == len(benchmarks):
            return [(benchmarks[item],) for item in run.items]
        if run.length > 1 and group and group[0].start >= run.after:
            listed = _listed(sentence.text, group, run.length)
            if listed:
                return [listed[item] for item in run.items]
        if len(benchmarks) > 1 and (run.length > 1 or (len(benchmarks) > 2 and self._sums_up(sentence, run))):
            return [()] * len(run.indices)
        return [benchmarks] * len(run.indices)

    def _sums_up(self, sentence: FigureSentence, run: Run) -> bool:
        """Whether a figure or range is about all benchmarks of a list together, not about each."""
        around = sentence.text[max(0, run.start - REACH) : sentence.until_next(run.indices[-1])][: 2 * REACH]
        return bool(self.overall.search(around))

    def _nearest_group(self, sentence: FigureSentence, run: Run) -> Sequence[EntityMention]:
        """The coordinated benchmarks that a run of figures belongs to."""
        text = sentence.text
        groups = coordinations(text, sentence.data)
        earlier = [
            group for group in groups if group[-1].end <= run.start and not self._is_training_data(text, group[0])
        ]
        later = next((group for group in groups if group[0].start >= run.after), None)
        before = self._gap(text, earlier[-1][-1].end, run.start) if earlier else None
        near = before is not None and len(before.split()) <= 3 and not re.search(r"[,;]|^\s*(?:and|or)\b", before)
        if before and near and before.lstrip()[:1] in {"(", "[", ":"}:
            return earlier[-1]
        if later and not (near and _CONJUNCT.match(text[run.after : later[0].start][:GAP])):
            if self._names_other_place(sentence, run.after, later[0].start):
                return ()
            opened = bool(earlier) and earlier[-1][0].start < sentence.figures[0].start
            if self._leads_to(sentence, run, later[0].start, alone=near or opened):
                return later
        if self._is_elsewhere(sentence, run):
            return ()
        if near:
            return earlier[-1]
        return self._opening(sentence, run, earlier)

    def _gap(self, text: str, start: int, end: int) -> str | None:
        """What stands between a benchmark and a figure, without hedges and "dataset"; None where they are far apart."""
        return self.hedges.sub("", _DATA_NOUN.sub(" ", text[start:end], count=1)) if end - start <= GAP else None

    def _leads_to(self, sentence: FigureSentence, run: Run, place: int, alone: bool) -> bool:
        """Whether the words after a run lead to a benchmark, as "on" and "for" do.

        Unless the run must stand `alone`, further figures may stand between: "3% in F1 and 4% in EM on A".
        """
        text, position = sentence.text, run.after
        for figure in sentence.figures[run.indices[-1] + 1 :]:
            if figure.start > place:
                break
            between = text[position : figure.start]
            if alone or len(between) > GAP or len(between.split()) > 8 or not _CONTINUES.search(between):
                return False
            position = figure.after
        gap = text[position:place]
        return (
            len(gap) <= GAP
            and len(gap.split()) <= 14
            and bool(self.leading.fullmatch(gap))
            and not re.search("[,;]" if alone else ";", gap)
        )

    def _opening(
        self, sentence: FigureSentence, run: Run, earlier: Sequence[Sequence[EntityMention]]
    ) -> Sequence[EntityMention]:
        """The last benchmarks before a run that stand after a preposition: "On A, our method achieves 92%"."""
        text = sentence.text
        following = sentence.until_next(run.indices[-1])
        introduced = [
            group
            for group in earlier
            if self.after_preposition.search(text[max(0, group[0].start - 60) : group[0].start])
        ]
        for group in reversed(introduced or earlier):
            adverbial = re.match(r"\s*(?:[\w-]+\s+){0,3}?,", text[group[-1].end :])
            return group if adverbial or not self.elsewhere.match(text[run.after : following]) else ()
        return ()

    def _from_earlier(
        self, sentence: FigureSentence, run: Run, home: FoundEntity | None, last: tuple[FoundEntity, ...]
    ) -> tuple[FoundEntity, ...]:
        """The benchmark of an earlier sentence: what "this benchmark" means, the paper's only one, or the last."""
        if self.same.search(sentence.text):
            return last if len(last) == 1 else ((home,) if home else ())
        home = home or (last[0] if len(last) == 1 else None)
        if (
            home is None
            or not sentence.metrics
            or self._is_elsewhere(sentence, run)
            or self._names_other_place(sentence, 0, run.start)
        ):
            return ()
        if self.elsewhere.match(sentence.text[run.after : run.after + 60]):
            return ()
        return (home,)

    def _is_elsewhere(self, sentence: FigureSentence, run: Run) -> bool:
        """Whether a figure is on something whose name is no entity, or stands in the bracket after such a name."""
        begin = max(0, run.start - REACH)
        bracket = _UNKNOWN_BRACKET.search(self.hedges.sub("", sentence.text[begin : run.start]))
        if bracket:
            place = begin + bracket.start()
            known = [(name.start, name.end) for name in sentence.mentions] + list(sentence.metrics)
            if not any(start <= place < end for start, end in known):
                return True
        return self._names_other_place(sentence, run.after, run.after + 60)

    def _names_other_place(self, sentence: FigureSentence, start: int, end: int) -> bool:
        """Whether a preposition leads, between these characters, to a name that is no entity."""
        match = _UNKNOWN_PLACE.search(sentence.text, start, min(end, len(sentence.text)))
        if match is None or any(name.start <= match.end() < name.end for name in sentence.mentions):
            return False
        return not start or not re.search(r"[,;.(]", sentence.text[start : match.start()])

    def _is_training_data(self, text: str, name: EntityMention) -> bool:
        """Whether a benchmark is named as what something was trained on."""
        return bool(self.training.search(text[max(0, name.start - 60) : name.start].removesuffix("the ")))


def _listed(text: str, group: Sequence[EntityMention], length: int) -> list[tuple[FoundEntity, ...]] | None:
    """The benchmark of each item of a list, in which some may have none; None where it has another length."""
    if not group or length < 2:
        return None
    clause = re.split(r"[.;)]|,?\s+respectively", text[group[0].start :])[0]
    found: list[tuple[FoundEntity, ...]] = []
    position = group[0].start
    for part in re.split(r"(,\s*and\s+|,\s*|\s+and\s+)", clause):
        if not re.fullmatch(r",\s*and\s+|,\s*|\s+and\s+", part):
            found.append(distinct_entities(name for name in group if position <= name.start < position + len(part))[:1])
        position += len(part)
    return found if len(found) == length else None
