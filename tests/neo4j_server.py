"""A real Neo4j server for tests: one that is given, else one from Maven's jars, else one in Docker.

`python tests/neo4j_server.py` fetches the jars, which else the first test does that needs them.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from filelock import FileLock
from neo4j.exceptions import DriverError, Neo4jError

VERSION = "5.26.25"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "citegraph" / f"neo4j-{VERSION}"
STARTS_WITHIN = 120  # seconds

_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>citegraph</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

# A test's server lives for minutes on few processors: it starts soonest, and takes least, without the second compiler.
_JAVA = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]

# Ends the server when the test run lets go of its standard input, also when the run is killed.
_LEASH = '"$@" & server=$!; cat >/dev/null; kill -9 $server; wait $server 2>/dev/null'


class UnavailableError(Exception):
    """There is no server and no way to start one; the message says why."""


@dataclass(frozen=True)
class Server:
    uri: str
    user: str
    password: str


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """A server whose database the tests may overwrite.

    Args:
        home: an empty folder for a server that is started.

    Raises:
        UnavailableError: there is none.
    """
    if given := os.environ.get("NEO4J_TEST_URI"):
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        # Its one database is for one process of a parallel run at a time.
        with FileLock(Path(tempfile.gettempdir()) / "citegraph-neo4j-test.lock"):
            yield Server(given, user, password)
    elif shutil.which("java") and (shutil.which("mvn") or _jars().is_dir()):
        with _from_jars(home) as server:
            yield server
    elif shutil.which("docker") and subprocess.run(["docker", "info"], capture_output=True).returncode == 0:
        with _in_docker() as server:
            yield server
    else:
        raise UnavailableError("no Neo4j: set NEO4J_TEST_URI, or install Java 17 and Maven, or start Docker")


def _jars() -> Path:
    return CACHE / "lib"


def _download() -> None:
    """Fetches the server's jars once; another process that needs them waits."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "LOCK"):
        if _jars().is_dir():
            return
        (CACHE / "pom.xml").write_text(_POM, encoding="utf-8")
        part = CACHE / "lib.part"
        shutil.rmtree(part, ignore_errors=True)
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={part}"]
        done = subprocess.run(["mvn", "-q", "-B", *goal], cwd=CACHE, capture_output=True, text=True)
        if done.returncode:
            raise UnavailableError(f"Maven cannot fetch Neo4j {VERSION}: {(done.stdout + done.stderr).strip()[-500:]}")
        part.rename(_jars())


def _classes() -> list[str]:
    return ["-cp", f"{_jars()}/*"]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def _from_jars(home: Path) -> Iterator[Server]:
    server = set_up(home)
    with serving(home, server):
        yield server


def set_up(home: Path) -> Server:
    """Makes the home folder of a server from Maven's jars, with an empty database."""
    _download()
    bolt = _free_port()
    server = Server(f"bolt://127.0.0.1:{bolt}", "neo4j", secrets.token_hex(12))
    conf = home / "conf"
    conf.mkdir(parents=True)
    (conf / "neo4j.conf").write_text(
        f"server.bolt.listen_address=127.0.0.1:{bolt}\n"
        "server.http.enabled=false\n"
        "server.https.enabled=false\n"
        "dbms.usage_report.enabled=false\n"
        "server.memory.pagecache.size=128m\n",
        encoding="utf-8",
    )
    admin = ["org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", server.password]
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    subprocess.run([*_JAVA, *_classes(), *admin], env=environment, check=True, capture_output=True)
    return server


@contextmanager
def serving(home: Path, server: Server) -> Iterator[None]:
    """Runs the server of a home folder; at the end, and whenever this process ends, it is killed with SIGKILL."""
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "sun.nio.ch")]
    main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    log = home / "neo4j.out"
    with log.open("wb") as output:
        leash = subprocess.Popen(
            ["sh", "-c", _LEASH, "sh", *_JAVA, "-Xmx768m", *_classes(), *opened, *main],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(server, log)
        yield
    finally:
        leash.communicate()


@contextmanager
def _in_docker() -> Iterator[Server]:
    port = _free_port()
    server = Server(f"bolt://127.0.0.1:{port}", "neo4j", secrets.token_hex(12))
    options = ["--rm", "--detach", f"--publish=127.0.0.1:{port}:7687", "--env=NEO4J_AUTH"]
    started = subprocess.run(
        ["docker", "run", *options, "neo4j:5.26-community"],
        env=os.environ | {"NEO4J_AUTH": f"{server.user}/{server.password}"},
        capture_output=True,
        text=True,
    )
    if started.returncode:
        raise UnavailableError(f"Docker cannot start Neo4j: {started.stderr.strip()}")
    container = started.stdout.strip()
    try:
        _await(server, None)
        yield server
    finally:
        subprocess.run(["docker", "rm", "--force", container], capture_output=True)


def _await(server: Server, log: Path | None) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
                driver.verify_connectivity()
            return
        except (DriverError, Neo4jError, OSError) as error:
            if time.monotonic() > deadline:
                said = log.read_text(errors="replace")[-2000:] if log else ""
                raise RuntimeError(f"Neo4j did not answer within {STARTS_WITHIN} s: {error}\n{said}") from error
            time.sleep(0.5)


class Restartable:
    """A server of its own that can be killed and started again on the same data; needs Maven's jars."""

    def __init__(self, home: Path) -> None:
        self._home = home
        server = set_up(home)
        self.uri, self.user, self.password = server.uri, server.user, server.password
        self._server = server
        self._running = ExitStack()

    @classmethod
    @contextmanager
    def started(cls, home: Path) -> Iterator["Restartable"]:
        """Runs one until the end of the block."""
        server = cls(home)
        server._running.enter_context(serving(home, server._server))
        try:
            yield server
        finally:
            server._running.close()

    def kill_and_start(self) -> None:
        """Kills the server with SIGKILL and waits until it answers again."""
        self._running.close()
        self._running.enter_context(serving(self._home, self._server))


if __name__ == "__main__" and "NEO4J_TEST_URI" not in os.environ:
    _download()
