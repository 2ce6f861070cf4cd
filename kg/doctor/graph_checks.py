"""Checks of the graph and of the search index, against each other and against the archive's last build."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.archive import Build
from kg.doctor.archive_checks import SIGNS
from kg.doctor.findings import BUILD, CheckProgress, Finding, advice_on, summary
from kg.errors import CitegraphError
from kg.link.corrections import BY_CORRECTION
from kg.queries import run
from kg.search import NameIndex, check_files
from kg.store import GraphReader
from kg.text.keys import name_key

_PAGE = 1_000
_ALL = 100_000_000
"""More rows than any query has."""


@dataclass(frozen=True)
class GraphChecks:
    """Checks of a graph and its index.

    Attributes:
        graph: open for reading.
        last: the archive's last build that ended; None without an archive.
        building: whether a build is running.
        remake: advice for a graph with wrong contents, which `kg build` alone would leave as it is.
        checked: gets the number of nodes, edges, relations, results, entities and names.
        on_progress: called with how much is checked.
    """

    graph: GraphReader
    last: Build | None
    building: bool
    remake: str
    checked: Counter[str]
    on_progress: CheckProgress

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong with graph and index."""
        for about, check in (("graph", self._counts), ("graph", self._contents), ("index", self._index)):
            self.on_progress(about, 0, None)
            try:
                yield from check()
            except Exception as error:
                # In a damaged graph any value may be of any type.
                found = str(error) if isinstance(error, CitegraphError) else f"it cannot be read ({error})"
                yield Finding(about=about, found=found, advice=advice_on(error, self.remake))

    def _counts(self) -> Iterator[Finding]:
        """Whether the graph is of the last build, and has as many nodes and edges as that wrote."""
        version = self.graph.version()
        nodes = sum(row["nodes"] for row in run(self.graph, "count_nodes", limit=_ALL).rows)
        edges = sum(row["edges"] for row in run(self.graph, "count_edges", limit=_ALL).rows)
        self.checked["nodes"], self.checked["edges"] = nodes, edges
        if self.building:
            return
        if version.build is None and nodes:
            yield Finding(about="graph", found="a build of it was interrupted", advice=BUILD)
        elif self.last and version.index and version.build != self.last.number:
            found = f"it is of build {version.build}, and the archive's last build is {self.last.number}"
            yield Finding(about="graph", found=found, advice=BUILD)
        elif self.last and {"nodes": nodes, "edges": edges} != {
            what: self.last.counts.get(what) for what in ("nodes", "edges")
        }:
            counts = self.last.counts
            found = (
                f"it has {nodes:,} nodes and {edges:,} edges, and build {self.last.number} wrote "
                f"{counts.get('nodes', 0):,} and {counts.get('edges', 0):,}"
            )
            yield Finding(about="graph", found=found, advice=self.remake)

    def _contents(self) -> Iterator[Finding]:
        yield from summary("graph", list(self._wrong_evidence()), self.remake)
        yield from summary("graph", list(self._missing_keys()), self.remake)

    def _wrong_evidence(self) -> Iterator[str]:
        """Relations and results whose evidence is not the text at its offsets."""
        after = ""
        while rows := run(self.graph, "pages_of_texts", after=after, limit=_PAGE).rows:
            texts = {row["id"]: row for row in rows}
            span = {"after": after, "until": rows[-1]["id"], "limit": _ALL}
            for row in run(self.graph, "evidence_between", **span).rows:
                self.checked["relations"] += 1
                relation = f"{row['relation']} from {row['paper']} to {row['entity']}"
                if row["field"] is None:
                    if row["by"] != BY_CORRECTION:
                        yield f"{relation} has no evidence"
                elif _text(texts, row)[row["start"] : row["end"]] != row["evidence"]:
                    yield f"the evidence of {relation} is not in its text"
            for row in run(self.graph, "figures_between", **span).rows:
                self.checked["results"] += 1
                text = _text(texts, row)
                figure = text[row["start"] : row["end"]]
                if figure.strip(SIGNS) != row["value"].strip(SIGNS) or row["evidence"] not in text:
                    yield f"{row['result']} is not in the text of {row['paper']}"
            after = span["until"]
            self.on_progress("graph", self.checked["relations"], self.checked["edges"])

    def _missing_keys(self) -> Iterator[str]:
        """Entities that are not found by one of their names."""
        for row in self._pages("pages_of_keys"):
            self.checked["entities"] += 1
            keys = {name_key(form) for form in (row["name"], *(row["aliases"] or []))} - {""}
            if missing := keys - set(row["keys"] or []):
                yield f"{row['id']} is not found as {min(missing)}"

    def _index(self) -> Iterator[Finding]:
        folder = self.graph.version().index
        if folder:
            check_files(folder)
            yield from summary("index", list(self._index_differences(NameIndex(folder))), self.remake)

    def _index_differences(self, index: NameIndex) -> Iterator[str]:
        """Nodes that the index lacks or has by another name, and whether it has more nodes than the graph."""
        count = 0
        for query in ("pages_of_papers", "pages_of_entities", "pages_of_others"):
            after = ""
            while rows := run(self.graph, query, after=after, limit=_PAGE).rows:
                indexed = {node.id: node.name for node in index.by_id([row["id"] for row in rows])}
                for row in rows:
                    # A paper of which only the id is known is found by that.
                    name = row["name"] or row["id"]
                    if indexed.get(row["id"]) != name:
                        yield f"{row['id']} is not in the search index as {name!r}"
                count += len(rows)
                after = rows[-1]["id"]
                self.on_progress("index", count, None)
        self.checked["names in the index"] = len(index)
        if len(index) != count:
            yield f"the search index has {len(index):,} nodes, and the graph has {count:,} with a name"

    def _pages(self, query: str) -> Iterator[dict[str, Any]]:
        """All rows of a query that gives them page by page."""
        after = ""
        while rows := run(self.graph, query, after=after, limit=_PAGE).rows:
            yield from rows
            after = rows[-1]["id"]


def _text(texts: dict[str, dict[str, Any]], row: dict[str, Any]) -> str:
    """The title or abstract that a row's offsets are in."""
    return texts[row["paper"]][row["field"]] or ""
