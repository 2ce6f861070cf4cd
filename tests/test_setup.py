"""The files that set citegraph up: what a user types, what a container runs, what CI calls."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
MAKE = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_every_port_of_the_compose_file_is_bound_to_this_machine_alone(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert len(ports) == 3
    assert all(str(port).startswith("127.0.0.1:") for port in ports)


def test_no_password_is_written_down_and_none_is_assumed(compose):
    values = [value for service in compose["services"].values() for value in service["environment"].values()]
    passwords = [value for value in values if "PASSWORD" in value]
    assert len(passwords) == 2
    assert all("${NEO4J_PASSWORD:?" in value for value in passwords)


def test_the_service_waits_for_a_healthy_neo4j_and_reads_it(compose):
    neo4j, service = compose["services"]["neo4j"], compose["services"]["citegraph"]
    assert neo4j["image"].startswith("neo4j:5.26")
    assert neo4j["healthcheck"]["test"]
    assert service["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert service["environment"]["CITEGRAPH_STORE"] == "bolt://neo4j:7687"
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    used = {volume.split(":")[0] for each in compose["services"].values() for volume in each["volumes"]}
    assert used == compose["volumes"].keys()


def test_the_image_runs_as_an_ordinary_user_and_is_made_from_files_that_exist():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001"]
    copied = [
        name for line in lines if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]
    ]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}\n" in ignored, name


@MAKE
def test_make_says_clearly_that_python_is_too_old(tmp_path):
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && { echo "Python 3.9.2"; exit 0; }\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(["make", "demo", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert re.search(r"citegraph needs Python 3\.11 or newer, and .*python3\.9 is Python 3\.9\.2", done.stderr)
    assert not (tmp_path / ".venv").exists()


TARGETS = re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@MAKE
def test_make_help_lists_every_target():
    done = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True)
    assert [line.split()[1] for line in done.stdout.splitlines()] == TARGETS
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony and phony[1].split() == TARGETS


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_pages_name_only_targets_that_there_are(page):
    named = re.findall(r"(?:`|^    |^\$ )make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert named and set(named) <= set(TARGETS)


@MAKE
@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_every_target(target):
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_ci_checks_style_and_lets_no_test_be_skipped():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make lint" in script and "CITEGRAPH_NO_SKIP=1 make test" in script
    assert "set -euo pipefail" in script
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
