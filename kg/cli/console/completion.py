"""Completes statements and commands while they are typed."""

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from kg import search
from kg.cli.console.session import COMMANDS, OUTPUTS, Session
from kg.cli.console.text import is_command, open_bracket, open_quote
from kg.errors import CitegraphError
from kg.queries import named_queries
from kg.schema import EDGE_TYPES, EDGES, NODE_TYPES, NODES
from kg.syntax.functions import FUNCTIONS

_KEYWORDS = (
    "MATCH,OPTIONAL MATCH,WHERE,WITH,UNWIND,RETURN,DISTINCT,ORDER BY,SKIP,LIMIT,UNION,UNION ALL,AS,ASC,DESC,AND,OR,XOR,"
    "NOT,IN,STARTS WITH,ENDS WITH,CONTAINS,IS NULL,IS NOT NULL,CASE,WHEN,THEN,ELSE,END,EXISTS,TRUE,FALSE,NULL"
).split(",")
_NAMES = 12
_WORD = re.compile(r"\w*$")
_PROPERTY = re.compile(r"(\w+)\.(\w*)$")
_LABEL = re.compile(r"[:|&]\s*(!?\w*)$")
_KEY = re.compile(r"[{,]\s*(\w*)$")
_BOUND = r"\b{name}\s*:\s*(\w+)"


class CypherCompleter(Completer):
    """Clauses, functions, labels, relations, properties, parameters, and after a quote the names in the graph."""

    def __init__(self, session: Session) -> None:
        """Takes the session, whose graph and parameters are completed."""
        self._session = session
        self._queries = {query.name: query for query in named_queries(session.store.engine)}

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """The completions of the text before the cursor."""
        text = document.text_before_cursor
        if is_command(text):
            yield from self._of_command(text.lstrip())
        elif quote := open_quote(text):
            if quote[0] in ("'", '"'):
                yield from self._names(*quote)
        elif found := re.search(r"\$(\w*)$", text):
            yield from _starting_with(found[1], self._session.parameters, "parameter")
        elif found := _PROPERTY.search(text):
            yield from _starting_with(found[2], _properties(text, found[1]), "property")
        else:
            yield from self._of_pattern(text)

    def _of_pattern(self, text: str) -> Iterator[Completion]:
        bracket = open_bracket(text)
        label, key = _LABEL.search(text), _KEY.search(text)
        if bracket in ("(", "[") and label:
            kinds, what = (NODES, "label") if bracket == "(" else (EDGES, "relation")
            yield from _starting_with(label[1], kinds, what)
        elif bracket == "{" and key:
            yield from _starting_with(key[1], _properties(text, ""), "property")
        else:
            word = _last_word(text)
            if word:
                yield from _starting_with(word, _KEYWORDS, "clause")
                yield from _starting_with(word, (f"{each.name}(" for each in FUNCTIONS.values()), "function")

    def _of_command(self, text: str) -> Iterator[Completion]:
        name, space, rest = text.removeprefix(":").partition(" ")
        if not space:
            yield from _starting_with(name, COMMANDS, "command")
        elif name == "output":
            yield from _starting_with(rest, OUTPUTS, "output")
        elif name in ("run", "queries") and " " not in rest:
            yield from _starting_with(rest, self._queries, "query")
        elif name == "run":
            yield from self._argument(rest)

    def _argument(self, rest: str) -> Iterator[Completion]:
        name, _, arguments = rest.partition(" ")
        argument = arguments.rpartition(" ")[2]
        key, equals, value = argument.partition("=")
        if name in self._queries and not equals:
            yield from _starting_with(key, (f"{each.name}=" for each in self._queries[name].parameters), "parameter")
        elif equals and value:
            for hit in self._hits(value):
                yield Completion(
                    hit.id, -len(value), display=hit.name, display_meta=f"{hit.label}, {hit.papers} papers"
                )

    def _names(self, quote: str, begun: str) -> Iterator[Completion]:
        for hit in self._hits(begun):
            inside = hit.name.replace("\\", "\\\\").replace(quote, f"\\{quote}")
            meta = f"{hit.label}, {hit.papers} papers"
            yield Completion(f"{inside}{quote}", -len(begun), display=hit.name, display_meta=meta)

    def _hits(self, begun: str) -> list[search.Hit]:
        try:
            return search.search(self._session.store, begun, limit=_NAMES)
        except CitegraphError:
            return []


def _starting_with(begun: str, words: Iterable[str], kind: str) -> Iterator[Completion]:
    """The words that begin with what was typed, each with its kind beside it."""
    for word in words:
        if word.lower().startswith(begun.lower()):
            yield Completion(word, -len(begun), display_meta=kind)


def _last_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0] if found else ""


def _properties(text: str, variable: str) -> list[str]:
    """Properties of the labels that a variable has in the text, or else of all types."""
    labels = re.findall(_BOUND.format(name=re.escape(variable)), text) if variable else []
    kinds = [kind for kind in (*NODE_TYPES, *EDGE_TYPES) if kind.label in labels] or [*NODE_TYPES, *EDGE_TYPES]
    return sorted({prop.name for kind in kinds for prop in kind.properties})
