"""Types of references as EndNote calls them."""

_KINDS = {
    "article": (
        "Journal Article",
        "Electronic Article",
        "Magazine Article",
        "Newspaper Article",
        "Conference Paper",
        "Conference Proceedings",
        "Unpublished Work",
        "Preprint",
    ),
    "book": ("Book", "Edited Book", "Electronic Book"),
    "chapter": ("Book Section", "Electronic Book Section"),
    "thesis": ("Thesis",),
    "report": ("Report", "Government Document"),
}
_KIND = {name.lower(): kind for kind, names in _KINDS.items() for name in names}


def endnote_kind(name: str) -> str | None:
    """The kind of paper that a type of reference is, or None; papers in proceedings are `Conference Proceedings`."""
    return _KIND.get(name.strip().lower())
