"""Data flows one way: no import cycles, a room imports only rooms that come before it, and a name has one meaning."""

import ast
import importlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    ("kg.errors", "kg.atomic_files", "kg.defaults"),
    ("kg.schema", "kg.text", "kg.cache_folder", "kg.sample", "kg.union_find"),
    ("kg.knowledge", "kg.statements"),
    ("kg.sources",),
    ("kg.extraction",),
    ("kg.archive",),
    ("kg.syntax",),
    ("kg.interpreter",),
    ("kg.store",),
    ("kg.link",),
    ("kg.search",),
    ("kg.queries",),
    ("kg.questions",),
    ("kg.analytics", "kg.builds", "kg.evaluate", "kg.render"),
    ("kg.backup", "kg.doctor"),
    ("kg.graph",),
    ("kg",),
    ("api",),
    ("kg.cli",),
)
"""The rooms of kg/ and api/, in the way of the data. A room imports only from layers before its own."""


PARTS = {"__init__", "__main__", "rules", "features", "trained", "reader", "writer", "store"}
"""Names of modules that stand for the same part in several folders."""


@cache
def files() -> dict[str, Path]:
    """Every module of kg/ and api/, with its file."""
    found = {}
    for top in ("kg", "api"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports() -> dict[str, frozenset[str]]:
    """For every module the modules that it imports when it is imported."""
    return {
        module: frozenset(imported(ast.parse(path.read_text(encoding="utf-8")).body)) - {module}
        for module, path in files().items()
    }


def imported(body: list[ast.stmt]) -> Iterator[str]:
    """The modules of kg/ and api/ that statements import, without those for type checkers alone."""
    for statement in body:
        match statement:
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name in files())
            case ast.ImportFrom(module=str(module), names=names):
                # `from kg import search` imports a module; `__version__` stands in the package and needs no other.
                wanted = [f"{module}.{name.name}" for name in names if name.name != "__version__"]
                yield from (name if name in files() else module for name in wanted if module in files())
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=orelse):
                yield from imported(orelse)
            case ast.If(body=inner, orelse=orelse):
                yield from imported([*inner, *orelse])
            case ast.Try(body=inner, handlers=handlers, orelse=orelse, finalbody=final):
                yield from imported([*inner, *orelse, *final])
                for handler in handlers:
                    yield from imported(handler.body)


def room(module: str) -> str:
    """The room of a module."""
    return module.split(".")[0] if module.startswith("api") else ".".join(module.split(".")[:2])


def test_there_are_no_import_cycles() -> None:
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as error:
        pytest.fail(f"these modules import each other: {' → '.join(error.args[1])}")


def test_every_room_has_a_place_in_the_order() -> None:
    assert {room(module) for module in files()} == {name for layer in LAYERS for name in layer}


def test_rooms_import_only_rooms_before_them() -> None:
    place = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    against = {
        (module, other)
        for module, others in imports().items()
        for other in others
        if room(module) != room(other) and place[room(other)] >= place[room(module)]
    }
    assert against == set(), "move what both need to a room before both"


@pytest.mark.parametrize("name", ["kg.archive", "kg.link", "kg.doctor"])
def test_what_extracts_nothing_does_not_wait_for_spacy(name: str) -> None:
    code = f"import sys, {name}; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_a_public_class_has_a_name_of_its_own() -> None:
    modules: dict[str, set[str]] = {}
    for module, path in files().items():
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            if module.startswith("kg") and isinstance(statement, ast.ClassDef) and not statement.name.startswith("_"):
                modules.setdefault(statement.name, set()).add(module)
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}, "rename one of them"


def test_a_module_has_a_name_of_its_own() -> None:
    paths = [path for module, path in files().items() if module.startswith("kg")]
    # One package's formats are modules by the name of the format, which is public.
    counts = Counter(path.stem for path in paths if path.parent.name != "formats")
    shared = {name for name, count in counts.items() if count > 1} - PARTS
    assert shared == set(), "rename one of them"


def test_a_folder_and_a_module_beside_it_never_share_a_name() -> None:
    assert not [path for path in files().values() if path.with_suffix("").is_dir()]


def test_a_package_shows_no_function_or_class_with_the_name_of_one_of_its_modules() -> None:
    """Importing the module would replace it."""
    for name, path in files().items():
        if path.stem == "__init__":
            # What a package imports from itself is a module, and meant to be shown as one.
            body = ast.parse(path.read_text(encoding="utf-8")).body
            lines = [line for line in body if isinstance(line, ast.ImportFrom)]
            own = {each.name for line in lines if line.module == name for each in line.names}
            shown = set(getattr(importlib.import_module(name), "__all__", ()))
            assert not {public for public in shown - own if f"{name}.{public}" in files()}, f"rename modules of {name}"


def test_imports_are_found() -> None:
    code = "import kg.errors\nif TYPE_CHECKING:\n    from kg import graph\nelse:\n    from kg.text.keys import slug\n"
    code += "try:\n    from kg import search, __version__\nexcept ImportError:\n    import api.app\ndef f():\n    import kg.cli\n"
    assert list(imported(ast.parse(code).body)) == ["kg.errors", "kg.text.keys", "kg.search", "api.app"]
