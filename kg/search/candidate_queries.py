"""Queries for the nodes that are ranked. They are made from the words of a text, which is never parsed as a query."""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from tantivy import Occur, Query, Schema

from kg.search.ranking import SearchText, typos

_MOST_WORDS = 16
"""Words of a text that are looked for."""
_MOST_JOINED_WORDS = 6
"""Words of a text of which neighbours are also looked for as one word."""
_LONGEST_FUZZY = 64
"""Characters of a word or name that is looked for with typing errors."""
# A tenth of all names begin with a shorter text, and almost all with one that is like it.
_SHORTEST_BEGINNING = 3
_SHORTEST_FUZZY_BEGINNING = 4
_LEAST_PART = 0.6
"""Share of the words that a name must have, if none has all."""
_FEW = 64
"""Terms up to which looking each one up is faster than one query for all."""


class CandidateQueries:
    """Queries to an index of names, in groups from strict to lenient."""

    def __init__(self, schema: Schema, types: Collection[str] | None) -> None:
        """Takes the fields of the index, and the node labels to look for; None for all."""
        self._schema = schema
        self._among = None
        if types is not None:
            self._among = any_of(schema, "label", types)

    def as_typed(self, sought: SearchText) -> Iterator[Query]:
        """Names that are the text, begin with it, or have all its words, the last of which may be unfinished."""
        yield self._of_types(self._term("key", sought.key))
        if len(sought.key) >= _SHORTEST_BEGINNING:
            yield self._of_types(self._like("key", sought.key, 0, prefix=True))
        for words in _spellings(sought.words):
            last = len(words) - 1
            yield self._of_types(_all(self._word(word, place == last) for place, word in enumerate(words)))

    def mistyped(self, sought: SearchText) -> Iterator[Query]:
        """Names that differ by a letter or two, or have words that differ from those of the text by a letter or two."""
        key = sought.key
        if len(key) <= _LONGEST_FUZZY:
            for distance in range(1, typos(len(key)) + 1):
                yield self._of_types(self._like("key", key, distance))
            if len(key) >= _SHORTEST_FUZZY_BEGINNING:
                yield self._of_types(self._like("key", key, 1, prefix=True))
        if words := sought.words[:_MOST_WORDS]:
            yield self._of_types(_all(self._mistyped_word(word) for word in words))

    def in_part(self, sought: SearchText) -> Iterator[Query]:
        """Names that have most of the words, also mistyped."""
        words = sought.words[:_MOST_WORDS]
        if len(words) > 1:
            least = max(1, round(_LEAST_PART * len(words)))
            each = [(Occur.Should, self._mistyped_word(word)) for word in words]
            yield self._of_types(Query.boolean_query(each, least))

    def _of_types(self, query: Query) -> Query:
        return query if self._among is None else _all([query, self._among])

    def _word(self, word: str, last: bool) -> Query:
        return self._like("word", word, 0, prefix=True) if last or len(word) == 1 else self._term("word", word)

    def _mistyped_word(self, word: str) -> Query:
        most = typos(len(word))
        return self._like("word", word, most) if most and len(word) <= _LONGEST_FUZZY else self._term("word", word)

    def _term(self, field: str, text: str) -> Query:
        return Query.term_query(self._schema, field, text)

    def _like(self, field: str, text: str, distance: int, *, prefix: bool = False) -> Query:
        return Query.fuzzy_term_query(self._schema, field, text, distance, True, prefix)


def any_of(schema: Schema, field: str, texts: Collection[str]) -> Query:
    """A query for nodes with one of some texts in a field."""
    if len(texts) > _FEW:
        return Query.term_set_query(schema, field, list(texts))
    # For a few texts, single look-ups are faster than building an automaton.
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, text)) for text in texts])


def _all(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words as they are, and with two neighbours as one: finetuning for fine tuning."""
    if words:
        yield words[:_MOST_WORDS]
    if len(words) <= _MOST_JOINED_WORDS:
        for place, (left, right) in enumerate(pairwise(words)):
            yield (*words[:place], left + right, *words[place + 2 :])
