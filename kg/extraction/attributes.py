"""What the components write on docs and tokens: every name begins with `citegraph_`, so that it clashes with no other.

Extension attributes of a Doc are read as `doc._.citegraph_links`, those of a Token as `token._.citegraph_in_link`.
The package registers them when it is imported.
"""

from spacy.tokens import Doc, Token

_DOC: dict[str, object] = {
    "citegraph_links": (),
    "citegraph_acronyms": (),
    "citegraph_candidates": (),
    "citegraph_name_probabilities": None,
    "citegraph_entities": (),
    "citegraph_surroundings": (),
    "citegraph_relations": (),
    "citegraph_results": (),
    "citegraph_tasks": (),
}
"""Extension attributes of a Doc with their values on a doc where no component has set them."""
_TOKEN: dict[str, object] = {"citegraph_in_link": False}

CATALOGUE_SPANS = "citegraph_catalogue"
"""Span group with the names that the catalogue knows."""
NAME_SPANS = "citegraph_names"
"""Span group with what has been accepted as names."""

_TITLE_CHARACTERS = "citegraph_title_characters"
_TITLE_TOKENS = "citegraph_title_tokens"

for _owner, _defaults in ((Doc, _DOC), (Token, _TOKEN)):
    for _name, _default in _defaults.items():
        # spaCy keeps extensions for the whole process, also when this module is imported a second time.
        if not _owner.has_extension(_name):
            _owner.set_extension(_name, default=_default)


def set_title(doc: Doc, characters: int) -> None:
    """Says that the first `characters` characters of a doc are the paper's title; all else is its abstract."""
    doc.user_data[_TITLE_CHARACTERS] = characters
    doc.user_data[_TITLE_TOKENS] = next((token.i for token in doc if token.idx >= characters), len(doc))


def title_characters(doc: Doc) -> int:
    """Length of the title in characters: 0 where the doc has none."""
    return int(doc.user_data.get(_TITLE_CHARACTERS, 0))


def title_end(doc: Doc) -> int:
    """Index of the first token after the title: 0 where the doc has none."""
    return int(doc.user_data.get(_TITLE_TOKENS, 0))
