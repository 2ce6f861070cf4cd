"""Whether a figure is a gain, a drop or an absolute value, by the words around it."""

import re
from collections.abc import Sequence

from kg.extraction.results.figures import GAP, REACH, FigureSentence
from kg.extraction.results.word_patterns import alternatives, at_end, at_start, hedges_at_end


class SignRules:
    """Tells gains and drops from absolute values."""

    def __init__(self) -> None:
        gains, drops = alternatives("figure_words/gains.txt"), alternatives("figure_words/drops.txt")
        words = {"GAIN": rf"(?:{gains}|{drops})"}
        self.change = re.compile(rf"\b(?:(?P<gain>{gains})|(?P<drop>{drops}))(?!\w)", re.IGNORECASE)
        self.hedges = hedges_at_end()
        self.before = at_end("figure_words/relative_before.txt", words)
        self.after = at_start("figure_words/relative_after.txt", words)
        self.reports = re.compile(rf"\b(?:{alternatives('figure_words/reports.txt')})(?!\w)", re.IGNORECASE)
        self.versus = at_end("figure_words/versus.txt")

    def of(self, sentence: FigureSentence) -> list[str]:
        """The sign of each figure, "+", "-" or "": as written, by the words around it, or by those of its list."""
        signs: list[str] = []
        for index, figure in enumerate(sentence.figures):
            signs.append(figure.sign or self._sign(sentence, index) or self._inherited(sentence, index, signs))
        for index in reversed(range(len(signs) - 1)):
            one, other = sentence.figures[index : index + 2]
            forward = sentence.joins[index] == "range" or (
                sentence.joins[index] == "and" and one.percent == other.percent
            )
            if forward and not signs[index] and not other.sign:
                signs[index] = signs[index + 1]
        return signs

    def _sign(self, sentence: FigureSentence, index: int) -> str:
        """The sign of a figure by the words around it."""
        text, figure = sentence.text, sentence.figures[index]
        if "change" in (sentence.joins[index], sentence.joins[index - 1] if index else ""):
            return ""
        before = self.hedges.sub("", text[max(0, figure.start - REACH) : figure.start])
        if self.before.search(before):
            return self._direction(text[: figure.start], last=True)
        after = self.after.match(text[figure.after : sentence.until_next(index)])
        return self._direction(after.group(), last=False) if after else ""

    def _inherited(self, sentence: FigureSentence, index: int, signs: Sequence[str]) -> str:
        """The sign of the figure before it, in a list of gains: "by 3% on A and 4% on B"."""
        if not index or not signs[-1] or "change" in (sentence.joins[index], sentence.joins[index - 1]):
            return ""
        previous, figure = sentence.figures[index - 1], sentence.figures[index]
        if sentence.joins[index - 1] in {"and", "range"}:
            return "" if previous.sign else signs[-1]
        between = sentence.text[previous.after : figure.start]
        if (
            previous.sign
            or previous.percent != figure.percent
            or len(between) > GAP
            or not re.search(r"\band\b|,", between)
            or re.search(r"[;:]|\bfrom\b|\bvs\b|\([^()]*$", between)
            or self.reports.search(between)
            or self.versus.search(self.hedges.sub("", between))
        ):
            return ""
        return signs[-1]

    def _direction(self, text: str, *, last: bool) -> str:
        """The sign, "+" or "-", by the last or the first word of gain or drop; "" without any."""
        words = list(self.change.finditer(text))
        if not words:
            return ""
        return "-" if words[-1 if last else 0]["drop"] else "+"
