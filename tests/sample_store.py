"""The command line as a process of its own, and the sample's graph, built by it once for all tests that read it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import sample


def kg(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `kg` as a process of its own, as a user does whose terminal is 120 columns wide."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CITEGRAPH_", "KG_"))}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *map(str, arguments)],
        cwd=cwd,
        env={**inherited, "COLUMNS": "120", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample's graph; not to be written."""
    store = tmp_path_factory.mktemp("sample") / "store"
    done = kg("build", sample.papers(), "--store", store)
    assert done.returncode == 0, done.stderr
    return store
