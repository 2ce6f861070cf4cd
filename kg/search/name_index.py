"""The index of names: exact look-up and search."""

from collections.abc import Collection, Iterable
from pathlib import Path

import tantivy
from pydantic import BaseModel, Field
from tantivy import Query

from kg.defaults import HITS, LONGEST_NAME
from kg.search.candidate_queries import CandidateQueries, any_of
from kg.search.documents import NamedNode
from kg.search.index_files import check_format, damage_as_store_error, links
from kg.search.ranking import EXACTLY, NameMatch, SearchText, match

_CANDIDATES = 60
"""Nodes of each query that are ranked, at least."""
_SAME_KEY = 1000
"""Nodes with one key that are found."""
_GOOD_SCORE = 0.85
"""Score of the best hit from which no typing errors are looked for."""


class Hit(BaseModel):
    """A node with a name like the text that was looked for."""

    id: str = Field(description="key of the node")
    label: str = Field(description="type of the node")
    name: str = Field(description="its name or title")
    matched: str = Field(description="the name, alias or title that fits best")
    papers: int = Field(description="number of papers with a relation to it; of a paper, of those that cite it")
    score: float = Field(description="higher for a better fit and for more papers; 2 and more: the very name")


class NameIndex:
    """The index of names of one build. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens the index in a folder.

        Raises:
            StoreError: there is none in the folder, or it is damaged or of another version.
        """
        check_format(folder)
        self._folder = folder
        with damage_as_store_error(folder), links(folder) as linked:
            index = tantivy.Index.open(str(linked))
            index.config_reader("manual")
            self._schema = index.schema
            self._searcher = index.searcher()

    def __len__(self) -> int:
        """Number of nodes."""
        return int(self._searcher.num_docs)

    def by_id(self, ids: Collection[str]) -> list[NamedNode]:
        """The nodes with one of some ids."""
        return self._nodes(any_of(self._schema, "id", ids), max(1, len(ids)))

    def by_key(self, keys: Collection[str]) -> list[NamedNode]:
        """The nodes with a name or id that has one of some keys."""
        return self._nodes(any_of(self._schema, "key", keys), _SAME_KEY)

    def search(self, text: str, types: Collection[str] | None = None, limit: int = HITS) -> list[Hit]:
        """The nodes with names like a text: mistyped, unfinished, its words in any order.

        Args:
            text: what was typed.
            types: node labels to look for; None for all.
            limit: hits at most.

        Returns:
            The best first: by how well a name fits, then by papers.
        """
        return self._best(text, types, limit, near=False)

    def near(self, text: str, types: Collection[str] | None = None, limit: int = 5) -> list[Hit]:
        """The nodes that may have been meant by a text, even if one has exactly this name.

        Arguments and order are those of `search`.
        """
        return self._best(text, types, limit, near=True)

    def _best(self, text: str, types: Collection[str] | None, limit: int, *, near: bool) -> list[Hit]:
        # Half a surrogate pair, as from a terminal of another encoding, is in no name.
        sought = SearchText.of(" ".join(text.encode("utf-8", "ignore").decode().split())[:LONGEST_NAME])
        if not sought.key or limit < 1:
            return []
        found: dict[str, tuple[NamedNode, NameMatch]] = {}
        candidates = CandidateQueries(self._schema, types)
        most = max(_CANDIDATES, 2 * limit)

        def look(queries: Iterable[Query]) -> None:
            for query in queries:
                for node in self._nodes(query, most):
                    if node.id not in found and (matched := match(node, sought)):
                        found[node.id] = node, matched

        look(candidates.as_typed(sought))
        best = max((matched.score for _, matched in found.values()), default=0.0)
        # A single word may be the beginning of one name, and another name mistyped.
        if near or best < (EXACTLY if len(sought.words) == 1 else _GOOD_SCORE):
            look(candidates.mistyped(sought))
        if not found:
            look(candidates.in_part(sought))
        ranked = sorted(found.values(), key=lambda pair: (-pair[1].score, pair[0].id))
        return [_hit(node, matched) for node, matched in ranked[:limit]]

    def _nodes(self, query: Query, most: int) -> list[NamedNode]:
        """The nodes that a query finds, those with the most papers first."""
        with damage_as_store_error(self._folder):
            hits = self._searcher.search(query, most, count=False, order_by_field="papers").hits
            return [NamedNode.load(self._searcher.doc(address)["node"][0]) for _, address in hits]


def _hit(node: NamedNode, matched: NameMatch) -> Hit:
    return Hit(
        id=node.id,
        label=node.label,
        name=node.name,
        matched=matched.name.text,
        papers=node.papers,
        score=round(matched.score, 4),
    )
