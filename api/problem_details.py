"""Errors as RFC 9457 problem details, or as a page in a browser."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from kg.errors import CitegraphError, ExhaustedError, NotFoundError, NotUnderstoodError, RefusedError, StoreError


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(default="about:blank", description="kind of problem; about:blank if the status says everything")
    title: str = Field(description="the status in words")
    status: int
    detail: str | None = Field(default=None, description="what is wrong, and what to do")
    suggestions: list[str] = Field(default=[], description="near names, or the nearest questions that can be answered")


_STATUS: dict[type[CitegraphError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    NotUnderstoodError: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusedError: HTTPStatus.FORBIDDEN,
    ExhaustedError: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}

ErrorPage = Callable[[Problem], Response]


def add_handlers(app: FastAPI, error_page: ErrorPage) -> None:
    """Answers every error with problem+json; outside `/api`, a browser gets a page."""

    def answer(request: Request, problem: Problem) -> Response:
        if not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", ""):
            return error_page(problem)
        return response(problem)

    @app.exception_handler(CitegraphError)
    def citegraph_error(request: Request, error: CitegraphError) -> Response:
        return answer(request, from_error(error))

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        answered = answer(request, _problem(error.status_code, None if _is_phrase(error) else str(error.detail)))
        answered.headers.update(error.headers or {})
        return answered

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors())
        return answer(request, _problem(HTTPStatus.UNPROCESSABLE_ENTITY, wrong))


def from_error(error: CitegraphError) -> Problem:
    """The problem details of an error of citegraph."""
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    return _problem(status, str(error), error.suggestions)


def internal() -> Problem:
    """An error in citegraph itself; only the server's log says which."""
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the server's log says what")


def response(problem: Problem) -> Response:
    """A response of type application/problem+json."""
    content = problem.model_dump(exclude_defaults=True) | {"type": problem.type}
    return JSONResponse(content, problem.status, media_type="application/problem+json")


def _problem(status: int, detail: str | None, suggestions: list[str] | None = None) -> Problem:
    return Problem(title=HTTPStatus(status).phrase, status=int(status), detail=detail, suggestions=suggestions or [])


def _is_phrase(error: HTTPException) -> bool:
    return str(error.detail) == HTTPStatus(error.status_code).phrase
