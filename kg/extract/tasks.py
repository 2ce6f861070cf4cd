"""Research tasks, as the field names them."""

import re
from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.contexts import title_end
from kg.extract.patterns import lines

_MOST = 4


@Language.factory("citegraph_tasks")
def create_tasks(nlp: Language, name: str) -> "Tasks":
    """Finds tasks; writes `doc._.tasks`, most prominent first."""
    return Tasks()


class Tasks:
    """Matches a list of the field's tasks; the title counts more than the abstract."""

    def __init__(self) -> None:
        if not Doc.has_extension("tasks"):
            Doc.set_extension("tasks", default=())
        names = sorted((line.lower() for line in lines("tasks.txt")), key=len, reverse=True)
        # Words of a task may be joined by hyphens or spaces, and the last one may be a plural.
        self.pattern = re.compile(
            r"\b(?:"
            + "|".join(re.escape(name).replace(r"\ ", r"[ -]").replace(r"\-", r"[ -]") for name in names)
            + r")s?\b"
        )
        self.names = {re.sub(r"[ -]", " ", name): name for name in names}

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.tasks`, at most four."""
        title = doc[: title_end(doc)].text.lower()
        weight = Counter[str]()
        for text, value in ((title, 3), (doc[title_end(doc) :].text.lower(), 1)):
            for match in self.pattern.finditer(text):
                plain = re.sub(r"[ -]", " ", match.group())
                weight[self.names.get(plain) or self.names[plain.removesuffix("s")]] += value
        # A task that is part of a longer one found is said by that one.
        longest = [
            t for t in weight if not any(t != other and t in other and weight[other] >= weight[t] for other in weight)
        ]
        doc._.tasks = tuple(sorted(longest, key=lambda task: (-weight[task], -len(task), task))[:_MOST])
        return doc
