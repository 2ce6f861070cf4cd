"""The graph and the search index, against each other and against the archive's last build."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.archive import Build
from kg.doctor.findings import AGAIN, Finding, OnProgress, advice_on, grouped
from kg.doctor.record import SIGNS
from kg.errors import CitegraphError
from kg.link.corrections import BY_CORRECTION
from kg.queries import run
from kg.search import NameIndex, check_files
from kg.store import GraphReader
from kg.text.keys import name_key

_PAGE = 1_000
_ALL = 100_000_000


class GraphDoctor:
    """Checks what is made from the archive."""

    def __init__(
        self,
        graph: GraphReader,
        last: Build | None,
        building: bool,
        anew: str,
        checked: Counter[str],
        on_progress: OnProgress,
    ) -> None:
        """Takes the graph, the last build that ended, whether one is writing, and what to count and to tell.

        Args:
            graph: with its index.
            last: the archive's.
            building: whether another one is writing.
            anew: what to do where the graph is not what that build wrote, which would not be written again unasked.
            checked: numbers of what was looked at.
            on_progress: told what is being checked.
        """
        self._graph = graph
        self._last = last
        self._building = building
        self._anew = anew
        self._checked = checked
        self._progress = on_progress

    def findings(self) -> Iterator[Finding]:
        """All that is wrong with graph and index."""
        for about, check in (("graph", self._counts), ("graph", self._contents), ("index", self._index)):
            self._progress(about, 0, None)
            try:
                yield from check()
            except Exception as error:
                # In a damaged graph any value may be any other.
                found = str(error) if isinstance(error, CitegraphError) else f"it cannot be read ({error})"
                yield Finding(about=about, found=found, advice=advice_on(error, self._anew))

    def _counts(self) -> Iterator[Finding]:
        version = self._graph.version()
        nodes = sum(row["nodes"] for row in run(self._graph, "count_nodes", limit=_ALL).rows)
        edges = sum(row["edges"] for row in run(self._graph, "count_edges", limit=_ALL).rows)
        self._checked["nodes"], self._checked["edges"] = nodes, edges
        if self._building:
            return
        if version.build is None and nodes:
            yield Finding(about="graph", found="a build of it was interrupted", advice=AGAIN)
        elif self._last and version.index and version.build != self._last.number:
            found = f"it is of build {version.build}, and the archive's last build is {self._last.number}"
            yield Finding(about="graph", found=found, advice=AGAIN)
        elif self._last and {"nodes": nodes, "edges": edges} != {
            what: self._last.counts.get(what) for what in ("nodes", "edges")
        }:
            counts = self._last.counts
            found = (
                f"it has {nodes:,} nodes and {edges:,} edges, and build {self._last.number} wrote "
                f"{counts.get('nodes', 0):,} and {counts.get('edges', 0):,}"
            )
            yield Finding(about="graph", found=found, advice=self._anew)

    def _contents(self) -> Iterator[Finding]:
        yield from grouped("graph", list(self._misquoted()), self._anew)
        yield from grouped("graph", list(self._unfound()), self._anew)

    def _misquoted(self) -> Iterator[str]:
        """Relations and results whose evidence is not what stands at its place."""
        after = ""
        while rows := run(self._graph, "pages_of_texts", after=after, limit=_PAGE).rows:
            texts = {row["id"]: row for row in rows}
            span = {"after": after, "until": rows[-1]["id"], "limit": _ALL}
            for row in run(self._graph, "evidence_between", **span).rows:
                self._checked["relations"] += 1
                said = f"{row['relation']} from {row['paper']} to {row['entity']}"
                if row["field"] is None:
                    if row["by"] != BY_CORRECTION:
                        yield f"{said} has no evidence"
                elif _text(texts, row)[row["start"] : row["end"]] != row["evidence"]:
                    yield f"the evidence of {said} is not in its text"
            for row in run(self._graph, "figures_between", **span).rows:
                self._checked["results"] += 1
                text = _text(texts, row)
                figure = text[row["start"] : row["end"]]
                if figure.strip(SIGNS) != row["value"].strip(SIGNS) or row["evidence"] not in text:
                    yield f"{row['result']} is not in the text of {row['paper']}"
            after = span["until"]
            self._progress("graph", self._checked["relations"], self._checked["edges"])

    def _unfound(self) -> Iterator[str]:
        """Entities that are not found by one of their names."""
        for row in self._pages("pages_of_keys"):
            self._checked["entities"] += 1
            keys = {name_key(form) for form in (row["name"], *(row["aliases"] or []))} - {""}
            if missing := keys - set(row["keys"] or []):
                yield f"{row['id']} is not found as {min(missing)}"

    def _index(self) -> Iterator[Finding]:
        folder = self._graph.version().index
        if folder:
            check_files(folder)
            yield from grouped("index", list(self._unindexed(NameIndex(folder))), self._anew)

    def _unindexed(self, index: NameIndex) -> Iterator[str]:
        """Nodes that the index does not have as the graph has them, and whether it has others."""
        count = 0
        for query in ("pages_of_papers", "pages_of_entities", "pages_of_others"):
            after = ""
            while rows := run(self._graph, query, after=after, limit=_PAGE).rows:
                known = {node.id: node.name for node in index.by_id([row["id"] for row in rows])}
                for row in rows:
                    # A paper of which only the id is known is found by that.
                    name = row["name"] or row["id"]
                    if known.get(row["id"]) != name:
                        yield f"{row['id']} is not in the search index as {name!r}"
                count += len(rows)
                after = rows[-1]["id"]
                self._progress("index", count, None)
        self._checked["names in the index"] = len(index)
        if len(index) != count:
            yield f"the search index has {len(index):,} nodes, and the graph has {count:,} with a name"

    def _pages(self, query: str) -> Iterator[dict[str, Any]]:
        after = ""
        while rows := run(self._graph, query, after=after, limit=_PAGE).rows:
            yield from rows
            after = rows[-1]["id"]


def _text(texts: dict[str, dict[str, Any]], row: dict[str, Any]) -> str:
    return texts[row["paper"]][row["field"]] or ""
