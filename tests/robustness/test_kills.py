"""A build that is killed leaves what can be opened, checked and built on to the same graph.

The long version is benchmarks/kill.py.
"""

import random
import signal
from pathlib import Path

import kills
import neo4j_server
import pytest
from corrected_store import write_extractions

pytestmark = pytest.mark.slow

_PAPERS = 150


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("inputs")
    return (
        write_extractions(folder / "first.jsonl", 1, _PAPERS),
        write_extractions(folder / "second.jsonl", 1 + _PAPERS, _PAPERS),
    )


@pytest.fixture(scope="module")
def place(inputs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> kills.Place:
    return kills.Place(tmp_path_factory.mktemp("kills"), inputs)


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("file", ["graph-{}", "CURRENT"])
def test_a_build_killed_at_the_switch_is_built_on(place: kills.Place, file: str, second: bool) -> None:
    outcome = place.kill(second, kills.Moment(0.0, file.format(1 + second)))
    assert not outcome.wrong, outcome


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_build_killed_at_any_moment_is_built_on(place: kills.Place, number: int) -> None:
    for part in (0.3, 0.8):
        outcome = place.kill(True, kills.Moment(part * place.seconds[1]), number)
        assert not outcome.wrong, outcome


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    try:
        with (
            neo4j_server.Restartable.started(tmp_path_factory.mktemp("neo4j")) as started,
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setenv("NEO4J_USERNAME", started.user)
            patch.setenv("NEO4J_PASSWORD", started.password)
            yield started
    except neo4j_server.UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.mark.neo4j
def test_a_build_of_a_servers_graph_is_built_on(server, inputs: tuple[Path, Path], tmp_path: Path) -> None:
    place = kills.Place(tmp_path, inputs, server.uri)
    chance = random.Random(3)
    for after in (chance.uniform(0.3, 0.6), chance.uniform(0.6, 0.9)):
        outcome = place.kill(True, kills.Moment(after * place.seconds[1]))
        assert not outcome.wrong, outcome
    outcome = place.interrupt(True, 0.5 * place.seconds[1], server.kill_and_start)
    assert not outcome.wrong, outcome
