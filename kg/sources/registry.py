"""The formats that can be read, and which of them fits a file."""

from collections.abc import Callable, Iterable
from importlib.metadata import entry_points

from kg.errors import InputError
from kg.sources.format import Fit, Format
from kg.sources.formats import (
    acl_anthology,
    arxiv,
    arxiv_atom,
    arxiv_daily,
    arxiv_mails,
    arxiv_pages,
    arxiv_rss,
    bibtex,
    crossref,
    csl_json,
    csv,
    daily_papers,
    dblp_json,
    dblp_xml,
    endnote_tagged,
    endnote_xml,
    html,
    id_list,
    jats,
    json,
    listing,
    markdown,
    nbib,
    oai_pmh,
    openalex,
    openreview,
    parquet,
    pubmed_xml,
    ris,
    semantic_scholar,
    tei,
    web_of_science,
    zotero,
)
from kg.sources.head import Head
from kg.sources.plugins import PluginFormat
from kg.sources.problems import Problem

GROUP = "citegraph.formats"
"""Entry point group in which other distributions register format modules."""

# Listed here too, so that they work from a source tree that is not installed.
OWN: tuple[Format, ...] = (
    acl_anthology,
    arxiv,
    arxiv_atom,
    arxiv_daily,
    arxiv_mails,
    arxiv_pages,
    arxiv_rss,
    bibtex,
    crossref,
    csl_json,
    markdown,
    csv,
    daily_papers,
    dblp_json,
    dblp_xml,
    endnote_tagged,
    endnote_xml,
    html,
    id_list,
    jats,
    json,
    listing,
    nbib,
    oai_pmh,
    openalex,
    openreview,
    parquet,
    pubmed_xml,
    ris,
    semantic_scholar,
    tei,
    web_of_science,
    zotero,
)


def available(on_problem: Callable[[Problem], None]) -> dict[str, Format]:
    """All formats by name: those that come with citegraph, then those of other distributions."""
    known = {each.NAME: each for each in OWN}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        if point.name not in known:
            try:
                known[point.name] = PluginFormat(point.name, point.load(), on_problem)
            except Exception as error:
                on_problem(Problem(point.value, None, f"the format {point.name} cannot be loaded: {error}"))
    return known


def named(name: str, known: dict[str, Format]) -> Format:
    """The format with this name.

    Raises:
        InputError: there is no such format.
    """
    if name not in known:
        raise InputError(f"no format {name!r}: there are {', '.join(sorted(known))}")
    return known[name]


def recognised(head: Head, known: Iterable[Format]) -> Format | None:
    """The format that fits a file's beginning best, or None; the first of several equals."""
    fits = [(each.recognises(head), each) for each in known]
    best = max((fit for fit, _ in fits), default=Fit.NONE)
    return next((each for fit, each in fits if fit == best), None) if best else None
