"""Fixtures for all tests, and what happens where something that a test needs is missing.

A test that needs `../shared`, Neo4j or Chromium is marked `shared`, `neo4j` or `browser` and skipped where that is
missing. With CITEGRAPH_NO_SKIP=1, as in CI, any skip is a failure.

Neo4j's community edition has one database, so no two tests may write it at once. Each process of a parallel run starts
a server of its own; with `pytest -n N --dist loadgroup`, as `make test` does, all of these tests run in one process, on
one server. Of the other tests, those of a file stay together, so that what a file shares is made once.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from neo4j_server import UnavailableError, running
from papers_store import ladybug, neo4j, store  # noqa: F401
from sample_store import sample_store  # noqa: F401
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

from kg import sample as sample_papers
from kg.extraction import Extractor
from kg.schema import Paper
from kg.sources import read

SHARED = Path(os.environ.get("CITEGRAPH_SHARED", Path(__file__).parent.parent.parent / "shared"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))


# How long an example takes says how busy the machine is. In CI, the same examples each time.
settings.register_profile("citegraph", deadline=None, derandomize="CITEGRAPH_NO_SKIP" in os.environ)
settings.load_profile("citegraph")


class Files(LoadGroupScheduling):
    """Hands out tests by their group, and by their file where they have none."""

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return scope.partition("::")[0] if scope == nodeid else scope


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadGroupScheduling | None:
    return Files(config, log) if config.option.dist == "loadgroup" else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip(f"{SHARED} is missing: set CITEGRAPH_SHARED to the folder with the seeds, the corpus and the gold")
    if item.get_closest_marker("browser") and not (_chromium() and shutil.which("chromedriver")):
        pytest.skip("Chromium or its driver is missing: install chromium and chromedriver")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.skipped and os.environ.get("CITEGRAPH_NO_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and CITEGRAPH_NO_SKIP is set: {report.longrepr[2]}"
    return report


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder with the seeds, the corpus and the gold; for tests marked `shared`."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is missing")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Search indexes that are made while testing leave nothing in the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Neo4j server that the test may overwrite; the environment has its credentials.

    For tests marked `neo4j`.
    """
    try:
        with running(tmp_path_factory.mktemp("neo4j")) as server, pytest.MonkeyPatch.context() as patch:
            patch.setenv("NEO4J_USERNAME", server.user)
            patch.setenv("NEO4J_PASSWORD", server.password)
            yield server.uri
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The pipeline that ships."""
    return Extractor.load()


@pytest.fixture(scope="session")
def sample() -> list[Paper]:
    """The papers that ship with citegraph."""
    return list(read([sample_papers.papers()], pytest.fail))
