"""The nodes that parts of a question may name."""

from kg.queries.answers import Found
from kg.queries.name_lookup import find
from kg.questions.grammar import Grammar
from kg.store import GraphReader


class NamedNodes:
    """Looks up names and caches the results, since the wordings of a question share names."""

    def __init__(self, store: GraphReader, grammar: Grammar) -> None:
        """Takes the graph, and the grammar that knows what may stand around a name."""
        self._store = store
        self._grammar = grammar
        self._found: dict[str, list[Found]] = {}

    def find(self, text: str) -> list[Found]:
        """The nodes that a text may name, those of the type that words around the name give first."""
        if text not in self._found:
            nodes: dict[str, Found] = {}
            of_given_type: set[str] = set()
            for name, types in self._grammar.possible_names(text):
                for node in find(self._store, name):
                    nodes.setdefault(node.id, node)
                    if node.label in types:
                        of_given_type.add(node.id)
            self._found[text] = sorted(nodes.values(), key=lambda node: node.id not in of_given_type)
        return self._found[text]
