"""Titles as catalogues write them."""


def without_full_stop(title: str) -> str:
    """A title without the full stop that PubMed and DBLP put behind every title; dots that belong to it stay."""
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title
