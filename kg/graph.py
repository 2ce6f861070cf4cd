"""A graph as Python sees it: questions, queries and pictures as methods of one object."""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg import defaults, queries, questions
from kg.errors import CitegraphError, NotFoundError, StoreError
from kg.queries import Answer, Asked, Details, NamedQuery, Neighbourhood
from kg.schema import DATA_LABELS
from kg.search import Hit, search
from kg.store import GraphReader, open_store

if TYPE_CHECKING:
    import networkx

    from kg.analytics import Statistics

_ALL = 1 << 40
"""More rows than any graph has."""
_ONLY_FOR_LOOKING_UP = ("keys", "former")


class Graph:
    """An open graph; `kg.open` makes one. Safe to use from several threads.

    Names may be given as people write them: any alias, title or id, in any case.
    """

    def __init__(self, store: GraphReader, place: str = "") -> None:
        """Takes an open store; `place` is what it is called when it is printed."""
        self._reader = store
        self._place = place or store.version().place
        self._closed = False

    @property
    def _store(self) -> GraphReader:
        if self._closed:
            raise StoreError(f"the graph {self._place} is closed: open it again with kg.open")
        return self._reader

    @classmethod
    def open(cls, store: str | Path) -> Self:
        """Opens the graph of a data folder or server; see `kg.open`.

        Raises:
            StoreError: there is none, or it cannot be reached.
        """
        return cls(open_store(str(store)), str(store))

    def close(self) -> None:
        """Releases files, processes and connections; the graph cannot be asked afterwards."""
        self._closed = True
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        """Where it is and how much is in it."""
        if self._closed:
            return f"<Graph {self._place}: closed>"
        try:
            count = self.statistics()
        except CitegraphError as error:
            return f"<Graph {self._place}: {error}>"
        papers = count.nodes_by_label["Paper"]
        return f"<Graph {self._place}: {papers:,} papers, {count.nodes:,} nodes, {count.edges:,} edges>"

    def ask(self, question: str, *, limit: int = defaults.ROWS) -> Asked:
        """Answers a question in English; docs/questions.md lists what can be asked.

        Args:
            question: such as "which papers evaluate on MTEB".
            limit: rows at most.

        Returns:
            Rows with their evidence, what the question was taken to mean, and the Cypher that ran.

        Raises:
            NotUnderstoodError: the question has no meaning here; `suggestions` are near ones that have.
            ExhaustedError: it ran out of time or memory.

        >>> answer = graph.ask("which papers evaluate on MTEB")
        >>> answer.rows[0]["title"]
        'Improving Text Embeddings with Large Language Models'
        """
        return questions.ask(self._store, question, limit=limit)

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = defaults.STATEMENT_SECONDS,
        limit: int = defaults.STATEMENT_ROWS,
    ) -> Answer:
        """Runs a reading Cypher statement, written as for Neo4j on every engine.

        Args:
            statement: Cypher; docs/dialect.md says what the embedded engine can do.
            parameters: values of its `$names`.
            timeout: seconds after which it is stopped.
            limit: rows at most.

        Raises:
            RefusedError: it would do more than read the graph; the message names the rule.
            NotUnderstoodError: it is no statement, or a parameter has no value.
            ExhaustedError: it ran out of time or memory.

        >>> graph.cypher("MATCH (b:Benchmark {name: $name}) RETURN b.id AS id", {"name": "MTEB"}).rows
        [{'id': 'benchmark/mteb'}]
        """
        return queries.cypher(self._store, statement, parameters, timeout=timeout, limit=limit)

    def show(self, name: str) -> Details:
        """Everything that the graph knows about a paper, benchmark, dataset, model or method.

        Raises:
            NotFoundError: nothing has this name; `suggestions` are near names.

        >>> graph.show("massive text embedding benchmark").name
        'MTEB'
        """
        return queries.show(self._store, name)

    def search(self, text: str, *, types: str | Collection[str] | None = None, limit: int = defaults.HITS) -> list[Hit]:
        """Nodes with a name like a text: mistyped, unfinished, its words in any order.

        Args:
            text: what was typed.
            types: node types to look for, such as `["benchmark", "paper"]`, or one; None for all.
            limit: hits at most.

        Returns:
            The best first: by how well a name fits, then by papers.

        Raises:
            NotUnderstoodError: there is no such type.

        >>> graph.search("masive text embeding")[0].name
        'MTEB'
        """
        return search(self._store, text, [types] if isinstance(types, str) else types, limit)

    def neighbourhood(self, name: str, *, depth: int = 1, limit: int = defaults.NEIGHBOURHOOD_EDGES) -> Neighbourhood:
        """The nodes and edges around a node, with their evidence.

        Args:
            name: name, alias, title or id of the node.
            depth: how many edges away, from 1 to 4.
            limit: edges at most.

        Raises:
            NotFoundError: nothing has this name; `suggestions` are near names.
            NotUnderstoodError: the depth or the limit is out of range.

        >>> graph.neighbourhood("LoRA").nodes[0]["name"]
        'LoRA'
        """
        return queries.neighbourhood(self._store, name, depth, limit)

    def path(self, source: str, target: str, *, limit: int = defaults.ROWS) -> Answer:
        """The shortest ways between two nodes, over at most four edges in either direction.

        Raises:
            NotFoundError: nothing has one of the names; `suggestions` are near names.

        >>> graph.path("LoRA", "GPT-3").rows[0]["steps"]
        2
        """
        ends = {"source": self._id(source), "target": self._id(target)}
        return queries.run(self._store, "path", limit=limit, **ends)

    def leaderboard(self, benchmark: str, *, limit: int = defaults.ROWS) -> Answer:
        """The figures that papers report on a benchmark or dataset, by metric.

        Raises:
            NotFoundError: no benchmark or dataset has this name; `suggestions` are near names.

        >>> "accuracy" in {row["metric"] for row in graph.leaderboard("GSM8K").rows}
        True
        """
        try:
            known = queries.one(self._store, benchmark, DATA_LABELS).id
        except NotFoundError as error:
            if others := queries.find(self._store, benchmark):
                kind = others[0].label.lower()
                message = f"{others[0].name} is a {kind}: only benchmarks and datasets have a leaderboard"
                raise NotFoundError(message, error.suggestions) from None
            raise
        return queries.run(self._store, "leaderboard", limit=limit, benchmark=known)

    def query(self, name: str, /, *, limit: int = defaults.ROWS, **parameters: Any) -> Answer:
        """Runs a named query; `queries` lists them with their parameters.

        Args:
            name: name of the query.
            limit: rows at most.
            parameters: values of its parameters; ids, not names, where it says id.

        Raises:
            NotFoundError: there is no such query; `suggestions` are near names.
            NotUnderstoodError: a parameter is missing, unknown or of the wrong kind.

        >>> graph.query("variants", entity="model/bert").columns[:2]
        ['id', 'name']
        """
        return queries.run(self._store, name, limit=limit, **parameters)

    def queries(self) -> list[NamedQuery]:
        """The named queries: what each answers, its parameters, columns and Cypher."""
        return queries.named_queries(self._store.engine)

    def statistics(self) -> "Statistics":
        """Numbers of nodes and edges by type, papers by year, and the most evaluated benchmarks."""
        from kg.analytics import statistics

        return statistics(self._store)

    def to_networkx(self, name: str | None = None, *, depth: int = 2, limit: int = 1000) -> "networkx.MultiDiGraph":
        """The graph, or what surrounds a node, for the algorithms of networkx.

        Args:
            name: node whose surroundings are taken; None for the whole graph, which then has to fit into memory.
            depth: how many edges away, from 1 to 4.
            limit: edges around the node at most.

        Returns:
            Nodes by id, with `type` (`Paper`, `Benchmark`, …), `name` (a paper's is its title) and the properties that
            have a value. Edges have their type as key and as `relation`, and their evidence.

        Raises:
            NotFoundError: nothing has this name; `suggestions` are near names.

        >>> drawn = graph.to_networkx("LoRA", depth=1)
        >>> drawn.nodes["method/lora"]["type"]
        'Method'
        """
        import networkx

        if name is None:
            nodes = [row["node"] | {"id": row["id"]} for row in queries.run(self._store, "all_nodes", limit=_ALL).rows]
            rows = queries.run(self._store, "all_edges", limit=_ALL).rows
            edges = [row["edge"] | {"source": row["source"], "target": row["target"]} for row in rows]
        else:
            around = self.neighbourhood(name, depth=depth, limit=limit)
            nodes, edges = around.nodes, around.edges
        graph = networkx.MultiDiGraph()
        for node in nodes:
            properties = {
                key: value for key, value in node.items() if key not in ("id", "label", *_ONLY_FOR_LOOKING_UP)
            }
            graph.add_node(node["id"], **{**properties, "type": node["label"], "name": queries.title(node)})
        for edge in edges:
            properties = {key: value for key, value in edge.items() if key not in ("source", "target", "type")}
            graph.add_edge(edge["source"], edge["target"], edge["type"], relation=edge["type"], **properties)
        return graph

    def render(self, name: str, *, depth: int = defaults.DRAWN_DEPTH, limit: int = defaults.DRAWN_EDGES) -> str:
        """An interactive picture of what surrounds a node, as one HTML page that needs no network.

        Args:
            name: name, alias, title or id of the node.
            depth: how many edges away, from 1 to 4.
            limit: edges at most.

        Raises:
            NotFoundError: nothing has this name; `suggestions` are near names.

        >>> graph.render("LoRA").lower().startswith("<!doctype html>")
        True
        """
        from kg.render import render_html

        return render_html(self.neighbourhood(name, depth=depth, limit=limit), name)

    def _id(self, name: str) -> str:
        return queries.one(self._store, name).id
