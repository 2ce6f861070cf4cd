"""The pages for a browser, rendered on the server; every value is escaped."""

from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

from api.problem_details import Problem
from kg.analytics import Statistics
from kg.queries import Asked

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def index(statistics: Statistics) -> HTMLResponse:
    """The first page: numbers of nodes, and questions to start with."""
    about = [f"which papers evaluate on {benchmark.name}" for benchmark in statistics.most_evaluated]
    counts = [(label, count) for label, count in statistics.nodes_by_label.items() if count]
    return _page(statistics=counts, examples=["most evaluated benchmarks", *about])


def answer(asked: Asked) -> HTMLResponse:
    """The answer to a question."""
    return _page(question=asked.question, answer=asked)


def problem(problem: Problem, question: str | None = None) -> HTMLResponse:
    """What went wrong, with suggestions."""
    return _page(problem.status, question=question, problem=problem)


def _page(status: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(_template().render(values), status, headers={"Content-Security-Policy": _POLICY})


@cache
def _template() -> Any:
    environment = Environment(loader=PackageLoader("api"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["shown"] = _shown
    return environment.get_template("index.html")


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:g}"
        case list():
            return ", ".join(map(_shown, value))
        case _:
            return str(value)
