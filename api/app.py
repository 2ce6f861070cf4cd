"""The FastAPI application. Each route only calls a function of `kg` that reads the graph."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, Field

from api import pages, problem_details
from kg import __version__, analytics, queries, questions
from kg.analytics import Statistics
from kg.defaults import DRAWN_DEPTH, DRAWN_EDGES, HITS, LONGEST_NAME, MAX_DEPTH, NEIGHBOURHOOD_EDGES, ROWS
from kg.errors import CitegraphError
from kg.queries import Answer, Asked, Details, Found, NamedQuery, Neighbourhood
from kg.render import content_security_policy, render_html
from kg.schema import ENTITY_LABELS
from kg.search import Hit, search
from kg.store import GraphReader, open_store

MOST = 1000
"""Rows or edges of an answer at most."""
MOST_HITS = 100
"""Hits of a search at most."""
MOST_DRAWN_EDGES = 300
"""Edges of a drawing at most: its layout takes longer than a look-up."""
STATEMENT_SECONDS = 10.0
"""Time for a statement at most."""

Name = Annotated[str, Query(min_length=1, max_length=LONGEST_NAME, description="name, alias, title or id, in any case")]
Key = Annotated[str, Path(max_length=LONGEST_NAME)]
Question = Annotated[str, Query(min_length=1, description="a question in English")]
Depth = Annotated[int, Query(ge=1, le=MAX_DEPTH, description="how many edges away")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="edges at most")]
RowLimit = Annotated[int, Query(ge=1, le=MOST, description="rows at most")]
Typed = Annotated[str, Query(max_length=LONGEST_NAME, description="a name, mistyped or unfinished, words in any order")]
Types = Annotated[list[str] | None, Query(description="labels of nodes to look for, in any case; all if none is given")]
HitLimit = Annotated[int, Query(ge=1, le=MOST_HITS, description="hits at most")]
DrawnLimit = Annotated[
    int, Query(ge=1, le=MOST_DRAWN_EDGES, description="edges at most; a layout takes longer than a look-up")
]

EntityKind = Literal["benchmark", "dataset", "model", "method"]

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_log = logging.getLogger("uvicorn.error")


class CypherRequest(BaseModel):
    """A statement that reads, with the values of its parameters."""

    statement: str = Field(min_length=1)
    parameters: dict[str, Any] = Field({}, description="values of its $names")
    timeout: float = Field(STATEMENT_SECONDS, gt=0, le=STATEMENT_SECONDS, description="seconds at most")
    limit: int = Field(MOST, ge=1, le=MOST, description="rows after which the answer is cut")


class Health(BaseModel):
    """The graph answers."""

    status: str = "ok"
    engine: str = Field(description="ladybug or neo4j")
    version: str = Field(description="citegraph's version")


def _store(request: Request) -> GraphReader:
    store: GraphReader = request.app.state.store
    return store


Store = Annotated[GraphReader, Depends(_store)]


def create_app(store_location: str) -> FastAPI:
    """The service for a graph, which is opened when the service starts; later builds are seen without a restart.

    Args:
        store_location: a data folder or a Neo4j server's address, as for `kg.store.open_store`.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_store(store_location) as app.state.store:
            yield

    # The interactive documentation that FastAPI offers loads its scripts from elsewhere.
    app = FastAPI(
        title="citegraph",
        version=__version__,
        description="A knowledge graph of papers, benchmarks, models, methods and code. Errors are RFC 9457 problems.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses={"4XX": {"model": problem_details.Problem}, "5XX": {"model": problem_details.Problem}},
    )
    app.middleware("http")(_secured)
    problem_details.add_handlers(app, pages.problem)
    _add_api(app)
    _add_pages(app)
    app.mount("/static", StaticFiles(packages=[("api", "static")]))
    return app


async def _secured(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Gives every answer its security headers, and keeps tracebacks in the log."""
    try:
        response = await call_next(request)
    except Exception:
        _log.exception("%s %s failed", request.method, request.url.path)
        response = problem_details.response(problem_details.internal())
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _add_api(app: FastAPI) -> None:
    @app.get("/api/health", summary="Whether the graph answers")
    def health(store: Store) -> Health:
        store.read("RETURN 1 AS one", limit=1)
        return Health(engine=store.engine, version=__version__)

    @app.get("/api/statistics", summary="Numbers of nodes and edges by type")
    def statistics(store: Store) -> Statistics:
        return analytics.statistics(store)

    @app.get("/api/papers/{key:path}", summary="A paper by arXiv id, DOI, title or key")
    def paper(key: Key, store: Store) -> Details:
        return queries.show(store, key, ["Paper"])

    @app.get("/api/entities", summary="The entities with a name")
    def entities(name: Name, store: Store) -> list[Found]:
        return queries.find(store, name, ENTITY_LABELS)

    @app.get("/api/entities/{kind}/{slug:path}", summary="An entity by type and slug, as in its id")
    def entity(kind: EntityKind, slug: Key, store: Store) -> Details:
        return queries.show(store, f"{kind}/{slug}", [kind.capitalize()])

    @app.get("/api/search", summary="Names, aliases and titles that are like a text, the best first")
    def search_names(q: Typed, store: Store, type: Types = None, limit: HitLimit = HITS) -> list[Hit]:
        return search(store, q, type, limit)

    @app.get("/api/neighbourhood", summary="What surrounds a node")
    def neighbourhood(name: Name, store: Store, depth: Depth = 1, limit: Limit = NEIGHBOURHOOD_EDGES) -> Neighbourhood:
        return queries.neighbourhood(store, name, depth, limit)

    @app.get("/api/ask", summary="A question in English")
    def ask(question: Question, store: Store) -> Asked:
        return questions.ask(store, question)

    @app.post("/api/cypher", summary="A Cypher statement that reads; anything else is refused")
    def cypher(body: CypherRequest, store: Store) -> Answer:
        return queries.cypher(store, body.statement, body.parameters, timeout=body.timeout, limit=body.limit)

    @app.get("/api/queries", summary="The named queries: what they answer, their parameters and columns")
    def named_queries(store: Store) -> list[NamedQuery]:
        return queries.named_queries(store.engine)

    @app.get("/api/queries/{name}", summary="A named query's answer; its parameters are those of the address")
    def named_query(name: Key, request: Request, store: Store, limit: RowLimit = ROWS) -> Answer:
        given = {key: ",".join(request.query_params.getlist(key)) for key in request.query_params if key != "limit"}
        return queries.run_with_texts(store, name, given, limit=limit)


def _add_pages(app: FastAPI) -> None:
    @app.get("/", include_in_schema=False)
    def index(store: Store, question: str = "") -> HTMLResponse:
        if not question.strip():
            return pages.index(analytics.statistics(store))
        try:
            return pages.answer(questions.ask(store, question))
        except CitegraphError as error:
            return pages.problem(problem_details.from_error(error), question)

    @app.get("/graph", include_in_schema=False)
    def graph(name: Name, store: Store, depth: Depth = DRAWN_DEPTH, limit: DrawnLimit = DRAWN_EDGES) -> HTMLResponse:
        page = render_html(queries.neighbourhood(store, name, depth, limit), name)
        policy = f"{content_security_policy()}; frame-ancestors 'none'"
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})
