"""Whether the generic noun at the end of a name belongs to it: in "Radiance Network" it does, in "MNIST data" not."""

from collections.abc import Container

from spacy.tokens import Span, Token

from kg.knowledge.patterns import lines
from kg.text.keys import name_key


class TrailingNouns:
    """Generic nouns at the end of names, from the lists `generic_nouns.txt` and `naming_nouns.txt`.

    In annotated abstracts "network", "model" and "system" are part of nearly all names of several words that end with
    them; "dataset", "benchmark" and the like only where they are capitalised; "framework" or "method" hardly ever.
    """

    def __init__(self) -> None:
        self._nouns = frozenset(lines("generic_nouns.txt"))
        self._naming = frozenset(lines("naming_nouns.txt"))
        self._capitalised = frozenset(word.lower() for word in self._naming if word[0].isupper())

    def is_noun(self, text: str) -> bool:
        """Whether a text is such a noun alone."""
        return text.lower() in self._nouns

    def kept(self, span: Span, known: Container[str]) -> int:
        """How many tokens of a name are left without the nouns at its end that do not belong to it.

        Args:
            span: the name.
            known: keys of texts that are names by themselves.
        """
        end = len(span)
        while end > 1 and self.is_noun(span[end - 1].text) and not self._belongs(span[: end - 1], span[end - 1], known):
            end -= 1
        return end

    def _belongs(self, rest: Span, noun: Token, known: Container[str]) -> bool:
        """Whether a noun belongs to a name whose other words are `rest`."""
        last = rest[-1].text
        if name_key(rest.text) in known or any(ch.isupper() or ch.isdigit() for ch in last[1:]):
            return False
        if noun.text[0].isupper():
            return noun.lower_ in self._naming or (noun.lower_ in self._capitalised and len(rest) > 1)
        return noun.lower_ in self._naming and last.islower()
