"""The wheel, installed where nothing of the checkout can be seen, does what the checkout does."""

import ast
import importlib
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.slow

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


def test_the_source_distribution_has_what_make_needs(tmp_path):
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (packed,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / packed.name.removesuffix(".tar.gz")
    folders = ("kg", "api", "cypher", "tests", "docs", "benchmarks", "training", "requirements", ".ci")
    files = {file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()}
    files |= {ROOT / name for name in ("Makefile", "Dockerfile", ".dockerignore", "docker-compose.yml", "README.md")}
    missing = {file for file in files if not (unpacked / file.relative_to(ROOT)).is_file()}
    assert {file for file in missing if "__pycache__" not in file.parts} == set()


def imported(package: str) -> set[str]:
    """Top-level names of the modules that a package's source imports."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / package).rglob("*.py"))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}}


def test_whatever_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # Answers become pandas tables where it is installed.
    declared = [*project["dependencies"], *project["optional-dependencies"]["pandas"]]
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


def locked(name):
    """Requirement and hashes of each entry of a lock file."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [
        (
            Requirement(" ".join(word for word in words if not word.startswith("--hash="))),
            [word for word in words if word.startswith("--hash=")],
        )
        for words in entries
    ]


def pins(name, **environment):
    """Version of each distribution that a lock file installs in an environment."""
    found = {}
    for requirement, _ in locked(name):
        if requirement.marker is None or requirement.marker.evaluate({**environment, "extra": ""}):
            (pin,) = requirement.specifier
            assert found.setdefault(canonicalize_name(requirement.name), pin.version) == pin.version
    return found


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "train.txt"])
def test_the_lock_has_one_version_and_a_hash_of_everything_and_no_address(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text and "-index" not in text and "find-links" not in text
    for requirement, hashes in locked(name):
        assert re.fullmatch(r"==[\w.+]+", str(requirement.specifier)), requirement
        assert hashes and all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", each) for each in hashes), requirement


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_is_within_the_declared_ranges(python):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    run, dev = pins("run.txt", **environment), pins("dev.txt", **environment)
    assert run.items() <= dev.items()
    build = project["build-system"]["requires"]
    assert project["dependency-groups"]["build"] == build
    extras = project["project"]["optional-dependencies"]
    train = pins("train.txt", **environment)
    assert all(dev.get(name, version) == version for name, version in train.items())
    needed = [(run, build + project["project"]["dependencies"]), (dev, extras["dev"]), (train, extras["train"])]
    for versions, declared in needed:
        for requirement in map(Requirement, declared):
            if requirement.marker is None or requirement.marker.evaluate(environment):
                version = versions.get(canonicalize_name(requirement.name))
                assert version and version in requirement.specifier, f"{requirement}: renew the lock with `make lock`"


def test_spacy_finds_the_components_by_entry_point():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(project["entry-points"]["spacy_factories"])
    for config in (ROOT / "kg" / "extraction" / "config").glob("*.cfg"):
        used = set(re.findall(r'^factory = "(\w+)"', config.read_text(encoding="utf-8"), re.MULTILINE))
        assert used <= named, config.name
    for place in project["entry-points"]["spacy_factories"].values():
        module, function = place.split(":")
        assert callable(getattr(importlib.import_module(module), function))
