"""Explains why a question is not understood, and suggests the nearest questions that can be answered."""

from collections.abc import Callable, Iterable, Sequence

from kg.errors import NotUnderstoodError
from kg.queries.answers import Found
from kg.queries.name_lookup import near
from kg.queries.named import run
from kg.questions import descriptions
from kg.questions.failures import Failures, UnknownName
from kg.questions.grammar import Grammar
from kg.questions.named_nodes import NamedNodes
from kg.schema import ENTITY_LABELS
from kg.store import GraphReader
from kg.text.keys import name_key

_MOST = 5
"""Suggestions at most."""
_LONGEST_NAME = 8
"""Words of a name that is looked for in a question."""

_Example = tuple[str, list[str]]
"""A question with `{name}` in it, and the types of node that the name may have."""


class Suggestions:
    """Explains one question that is not understood, and suggests others."""

    def __init__(
        self, store: GraphReader, grammar: Grammar, nodes: NamedNodes, is_understood: Callable[[str], bool]
    ) -> None:
        """Takes the graph, the grammar, the look-up of names, and a test whether a question is understood."""
        self._store = store
        self._grammar = grammar
        self._nodes = nodes
        self._is_understood = is_understood

    def error(self, question: str, failures: Failures) -> NotUnderstoodError:
        """The error for a question, from the reasons why it was not understood; its suggestions can be answered."""
        text = self._grammar.normalise(question)
        if failures.ambiguity:
            return NotUnderstoodError(failures.ambiguity, self._nearest(text))
        unread = min(failures.unread, key=len, default="")
        if (not unread or any(unknown.unread < len(unread) for unknown in failures.unknown_names)) and (
            error := self._of_unknown_names(text, failures.unknown_names)
        ):
            return error
        if unread:
            return NotUnderstoodError(f"this part of the question is not understood: “{unread}”", self._nearest(text))
        message = "the question is not understood" if text else "the question is empty"
        return NotUnderstoodError(message, self._nearest(text))

    def _of_unknown_names(self, text: str, unknown_names: Sequence[UnknownName]) -> NotUnderstoodError | None:
        """The error for the unknown names up to which the question could be read farthest."""
        if not unknown_names:
            return None
        least = min(unknown.unread for unknown in unknown_names)
        last = [unknown for unknown in unknown_names if unknown.unread == least]
        for wording, name in dict.fromkeys((each.wording, each.name) for each in last if not each.nodes):
            types = {label for each in last if (each.wording, each.name) == (wording, name) for label in each.types}
            if suggestions := self._with_near_names(wording, name, types):
                return NotUnderstoodError(f"nothing is called {self._bare_name(name)!r} here", suggestions)
        for unknown in last:
            if unknown.nodes:
                node = unknown.nodes[0]
                wanted = descriptions.any_of_types(unknown.types)
                message = f"{node.name} is {descriptions.with_article(node.label)} here, and this asks about {wanted}"
                return NotUnderstoodError(message, self._about(text, node))
        shortest = min((self._bare_name(unknown.name) for unknown in last), key=len)
        return NotUnderstoodError(f"nothing is called {shortest!r} here", self._nearest(text))

    def _with_near_names(self, wording: str, unknown: str, types: set[str]) -> list[str]:
        """The question with names in it that are spelt almost like the unknown one."""
        name = self._bare_name(unknown)
        near_names = near(self._store, name, types, _MOST) if name else ()
        questions = (wording.replace(unknown, each) for each in near_names)
        return [question for question in questions if self._is_understood(question)]

    def _bare_name(self, text: str) -> str:
        """The text without the words around its name."""
        return min((name for name, _ in self._grammar.possible_names(text)), key=len, default="")

    def _nearest(self, text: str) -> list[str]:
        """Questions about a name in the text, else about the entities with the most papers."""
        node = self._node_in(text)
        if node:
            return self._about(text, node)
        questions = []
        for example, types in _by_shared_words(text, self._examples()):
            if "{other}" in example:
                continue
            if "{name}" not in example:
                questions.append(example)
            elif entity_types := [label for label in types if label in ENTITY_LABELS]:
                largest = run(self._store, "entity_names", types=entity_types, limit=1).rows
                questions += [example.format(name=row["name"]) for row in largest]
            if len(questions) >= _MOST:
                break
        return questions

    def _about(self, text: str, node: Found) -> list[str]:
        """Questions about a node, those with the most words of the text first."""
        fitting = [
            (example, types) for example, types in self._examples() if node.label in types and "{other}" not in example
        ]
        return [example.format(name=node.name) for example, _ in _by_shared_words(text, fitting)][:_MOST]

    def _examples(self) -> list[_Example]:
        conditions = [(f"which papers {each.example}", each.sense) for each in self._grammar.conditions]
        patterns = [(each.example, each.sense) for each in self._grammar.patterns]
        return [(text, [label for sense in senses for label in sense.types]) for text, senses in conditions + patterns]

    def _node_in(self, text: str) -> Found | None:
        """The entity or paper with the longest name in the text."""
        words = text.split()
        common = {word.casefold() for example, _ in self._examples() for word in example.split()}
        lengths = {
            " ".join(words[start:end]): end - start
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1)
            if end - start > 1 or words[start].casefold() not in common
        }
        found = [
            (length, node)
            for name, length in lengths.items()
            for node in self._nodes.find(name)
            if node.label in (*ENTITY_LABELS, "Paper") and name_key(name)
        ]
        best = max(found, key=lambda pair: (pair[0], pair[1].papers or 0, pair[1].id), default=None)
        return best[1] if best else None


def _by_shared_words(text: str, examples: Iterable[_Example]) -> list[_Example]:
    """The examples by the share of their words and the text's that are in both, the greatest first."""
    words = set(text.casefold().split())

    def shared(example: _Example) -> float:
        own = set(example[0].split()) - {"{name}"}
        return len(own & words) / len(own | words)

    return sorted(examples, key=shared, reverse=True)
