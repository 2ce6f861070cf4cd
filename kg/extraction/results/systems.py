"""Assigns figures to systems, by the words around them."""

import re
from collections.abc import Sequence

from kg.extraction.results.figures import (
    REACH,
    EntityMention,
    Figure,
    FigureSentence,
    Run,
    coordinations,
    distinct_entities,
)
from kg.extraction.results.paper_summary import PaperSummary
from kg.extraction.results.word_patterns import alternatives, at_end, at_start, hedges_at_end

_BRACKET_OR_POSSESSIVE = re.compile(r"(?:\s*['’]s?\s|\s*[(:\[=)]|\s+at\b)\s*(?:[\w@~=:-]+\s*){0,3}")
_IN_BRACKET = re.compile(r"\s*\(\s*")
_AFTER = re.compile(r"\s*(?:[\w@-]+\s+){0,2}?(?:for|by|of)\s+(?:the\s+|an?\s+)?")
_AFTER_VERSUS = re.compile(
    r"\s*(?:[\w@-]+\s+){0,2}?(?:for|by|of|with|from|using|(?:achieved|obtained|reported) by)\s+"
    r"(?:the\s+|an?\s+)?(?:[a-z-]+\s+){0,2}"
)


class SystemRules:
    """Finds the systems of figures."""

    def __init__(self) -> None:
        self.hedges = hedges_at_end()
        self.versus = at_end("figure_words/versus.txt")
        self.rivals = re.compile(
            rf"(?<!\w)(?:{alternatives('figure_words/rivals.txt')})\s+(?:[a-z][\w-]*\s+){{0,3}}$", re.IGNORECASE
        )
        self.objects = re.compile(
            rf"(?<!\w)(?:{alternatives('figure_words/objects.txt')})\s+(?:(?:an?|the|our|its|both)\s+)?(?:[a-z-]+\s+)?$",
            re.IGNORECASE,
        )
        self.reporting = re.compile(
            rf"(?:\s*\([^()]*\))?\s+(?:only\s+|also\s+|still\s+)?(?:{alternatives('figure_words/reports.txt')})(?!\w)",
            re.IGNORECASE,
        )
        self.others = re.compile(
            rf"(?:^|[,;:]|\b(?:that|while|where|and|with))\s*(?:(?:even|the|our|an?)\s+)*(?:{alternatives('figure_words/others.txt')})(?!\w)",
            re.IGNORECASE,
        )
        self.baseline_before = at_end("figure_words/baseline_before.txt")
        self.baseline_after = at_start("figure_words/baseline_after.txt")

    def of(
        self, sentence: FigureSentence, run: Run, signs: Sequence[str], paper: PaperSummary, spread: bool
    ) -> list[str]:
        """The system of each figure of a run, "" for none: one by one, where as many are listed as figures.

        Args:
            sentence: the sentence.
            run: coordinated figures in it.
            signs: of each figure of the run.
            paper: the paper's systems and benchmarks.
            spread: whether the run lists a figure for each of several benchmarks, so not for each of several systems.
        """
        if run.length > 1 and not spread:
            before = [name for name in sentence.systems if name.end <= run.start]
            groups = coordinations(
                sentence.text, self._subjects(sentence.text, before, sentence.figures[run.indices[0]])
            )
            named = distinct_entities(groups[-1]) if groups else ()
            if len(named) == run.length:
                return [named[item].name for item in run.items]
        return [self._system(sentence, run, index, sign, paper) for index, sign in zip(run.indices, signs, strict=True)]

    def _system(self, sentence: FigureSentence, run: Run, index: int, sign: str, paper: PaperSummary) -> str:
        """The system of one figure, "" for none."""
        text, figure = sentence.text, sentence.figures[index]
        earlier = [name for name in sentence.systems if name.end <= figure.start and not text.startswith("-", name.end)]
        following = next((name for name in sentence.systems if name.start >= figure.after), None)
        if (
            following
            and _IN_BRACKET.fullmatch(text[figure.after : following.start])
            and following.entity.type == "Model"
        ):
            return following.entity.name
        named = None if sign else self._named(sentence, run, earlier)
        if named is not None:
            return named
        earlier = self._subjects(text, earlier, figure)
        if earlier and self.reporting.match(text, earlier[-1].end):
            return earlier[-1].entity.name
        own = next((name for name in reversed(earlier) if paper.is_own(name.entity)), None)
        subjects = [name for name in earlier if not self.objects.search(text[max(0, name.start - 60) : name.start])]
        if own or not subjects:
            changed = self._changed(sentence, index, earlier, paper)
            if changed is not None:
                return changed
        if own:
            return own.entity.name
        if paper.main:
            subjects = [name for name in subjects if name.entity.type == "Model"]
        if subjects:
            return subjects[-1].entity.name
        if self.others.search(text, 0, figure.start):
            return ""
        return paper.main or (earlier[-1].entity.name if earlier else "")

    def _changed(
        self, sentence: FigureSentence, index: int, earlier: Sequence[EntityMention], paper: PaperSummary
    ) -> str | None:
        """The system that is changed ("boosts A from 4% to 5%"); None where the figure is in no change."""
        first = sentence.joins[index] == "change"
        if not first and (not index or sentence.joins[index - 1] != "change"):
            return None
        begin = sentence.figures[index if first else index - 1].start
        changed = next((name for name in reversed(earlier) if begin - 40 < name.end <= begin), None)
        if changed is None or paper.is_own(changed.entity):
            return paper.base if first else None
        return changed.entity.name if first or re.search(r"\bof\s$", sentence.text[: changed.start][-4:]) else None

    def _subjects(self, text: str, names: Sequence[EntityMention], figure: Figure) -> list[EntityMention]:
        """The mentions without those of systems that others are compared with."""
        groups = [group for group in coordinations(text, names) if not self._is_rival(text, group[0], figure)]
        return [name for group in groups for name in group]

    def _named(self, sentence: FigureSentence, run: Run, earlier: Sequence[EntityMention]) -> str | None:
        """The system of an absolute figure in the bracket after it or right before it; "" for a baseline, else None."""
        text = sentence.text
        later = next((name for name in sentence.systems if name.start >= run.after), None)
        if earlier and _BRACKET_OR_POSSESSIVE.fullmatch(text[earlier[-1].end : run.start][: REACH + 1]):
            return earlier[-1].entity.name
        before = self.hedges.sub("", text[max(0, run.start - REACH) : run.start])
        versus = bool(self.versus.search(before))
        if later and (_AFTER_VERSUS if versus else _AFTER).fullmatch(text[run.after : later.start]):
            return later.entity.name
        if versus or self.baseline_before.search(before) or self.baseline_after.match(text, run.after):
            return ""
        return None

    def _is_rival(self, text: str, name: EntityMention, figure: Figure) -> bool:
        """Whether a system is what another is compared with."""
        return bool(self.rivals.search(text[max(0, name.start - 60) : name.start])) or bool(
            figure.start - name.end <= REACH
            and re.fullmatch(r"\s*by", self.hedges.sub("", text[name.end : figure.start]))
        )
