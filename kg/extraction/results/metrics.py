"""By which metric a figure is, by the words around it."""

import re
from collections.abc import Sequence

from kg.extraction.results.figures import GAP, LIST, REACH, FigureSentence, Run
from kg.extraction.results.word_patterns import alternatives, hedges_at_end, spaced
from kg.knowledge.patterns import lines


class MetricRules:
    """Finds the metrics of figures."""

    def __init__(self) -> None:
        self.before = [re.compile(spaced(pattern)) for pattern in lines("figure_words/metric_before.txt")]
        self.after = [re.compile(spaced(pattern)) for pattern in lines("figure_words/metric_after.txt")]
        self.hedges = hedges_at_end()
        words = (
            alternatives("figure_words/gains.txt"),
            alternatives("figure_words/drops.txt"),
            alternatives("figure_words/not_metric_words.txt"),
        )
        self.no_nouns = re.compile("|".join(words), re.IGNORECASE)

    def of(self, sentence: FigureSentence, run: Run) -> list[tuple[int, int] | None]:
        """Start and end of each figure's metric, or None: one by one, where as many metrics are listed as figures."""
        if run.length > 1:
            for group in _coordinated(sentence.text, sentence.metrics):
                gap = (
                    sentence.text[run.after : group[0][0]]
                    if group[0][0] >= run.after
                    else sentence.text[group[-1][1] : run.start]
                )
                if len(group) == run.length and len(gap.split()) <= 5 and "," not in gap:
                    return [group[item] for item in run.items]
        return [self._metric(sentence, run, index) for index in run.indices]

    def _metric(self, sentence: FigureSentence, run: Run, index: int) -> tuple[int, int] | None:
        """The metric right after a figure or its run, else right before it, else the last before it, else the next."""
        text, figure = sentence.text, sentence.figures[index]
        for position, last in ((figure.after, index), (run.after, run.indices[-1])):
            later = next((place for place in sentence.metrics if place[0] >= position), None)
            if later and later[0] < sentence.until_next(last) and _close(text[position : later[0]]):
                return later
        named = self._noun(sentence, self.after, text[run.after : run.after + GAP], run.after)
        if named:
            return named
        earlier = next((place for place in reversed(sentence.metrics) if place[1] <= figure.start), None)
        if earlier:
            gap = text[earlier[1] : figure.start]
            if len(gap.split()) <= 8 and not re.search(r"[,;%]|\b(?:and|or|by)\b", gap):
                return earlier
        begin = max(0, run.start - REACH)
        named = self._noun(sentence, self.before, self.hedges.sub("", text[begin : run.start]), begin)
        return named or earlier or next((place for place in sentence.metrics if place[0] >= figure.after), None)

    def _noun(
        self, sentence: FigureSentence, patterns: Sequence[re.Pattern[str]], text: str, base: int
    ) -> tuple[int, int] | None:
        """Start and end of a noun that stands where a metric does: "a resolution rate of 87%"."""
        for pattern in patterns:
            match = pattern.search(text)
            if match is None or any(self.no_nouns.fullmatch(word) for word in match[1].split()):
                continue
            start, end = base + match.start(1), base + match.end(1)
            if not any(mention.start < end and start < mention.end for mention in sentence.mentions):
                return start, end
        return None


def _close(gap: str) -> bool:
    """Whether what stands after a gap still belongs to what stands before it."""
    return len(gap.split()) <= 4 and not re.search(r"[,;:()]|\b(?:and|or|while|with|on)\b", gap)


def _coordinated(text: str, places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The places in lists of coordinated ones."""
    groups: list[list[tuple[int, int]]] = []
    for place in places:
        if groups and LIST.fullmatch(text[groups[-1][-1][1] : place[0]]):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
