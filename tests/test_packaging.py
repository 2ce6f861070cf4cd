"""The wheel, installed where nothing of the checkout can be seen, does what the checkout does."""

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    # Without isolation nothing is downloaded: the development extra has the build backend.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_everything_travels_in_the_wheel(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    for package in ("kg", "api"):
        for file in (ROOT / package).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert str(file.relative_to(ROOT)) in packed
    for file in (ROOT / "cypher").rglob("*.cypher"):
        assert f"kg/{file.relative_to(ROOT)}" in packed
    assert {name.split("/")[0] for name in packed} == {"kg", "api", wheel.name.rsplit("-py3", 1)[0] + ".dist-info"}


def test_the_demo_runs_from_the_wheel_in_any_folder(wheel, tmp_path):
    installed = tmp_path / "installed"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(installed),
        str(wheel),
    ]
    subprocess.run(pip, check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = "import sys; sys.argv[0] = 'kg'; import kg.cli; print(kg.cli.__file__); kg.cli.main()"
    # PYTHONPATH comes before an editable installation of the checkout.
    done = subprocess.run(
        [sys.executable, "-c", run, "demo"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(installed))
    assert "2212.03533" in done.stdout
    assert (elsewhere / "citegraph-demo" / "mteb.html").stat().st_size > 400_000


def imported(package: str) -> set[str]:
    """Top-level names of the modules that a package's source imports."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / package).rglob("*.py"))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}}


def test_whatever_is_imported_is_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    installed = {canonicalize_name(Requirement(each).name) for each in declared}
    # Python has `compression` from 3.14 on.
    ours_or_pythons = {*sys.stdlib_module_names, "compression", "kg", "api", ""}
    distributions = packages_distributions()
    undeclared = {
        name
        for name in (imported("kg") | imported("api")) - ours_or_pythons
        if not {canonicalize_name(each) for each in distributions.get(name, [])} & installed
    }
    assert undeclared == set()


def test_spacy_finds_the_components_by_entry_point():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(project["entry-points"]["spacy_factories"])
    for config in (ROOT / "kg" / "extract" / "config").glob("*.cfg"):
        used = set(re.findall(r'^factory = "(\w+)"', config.read_text(encoding="utf-8"), re.MULTILINE))
        assert used <= named, config.name
    for place in project["entry-points"]["spacy_factories"].values():
        module, function = place.split(":")
        assert callable(getattr(importlib.import_module(module), function))
