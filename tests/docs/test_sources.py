"""docs/sources.md says what the formats are and where they look."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from kg.cli.input_problems import INCOMPLETE
from kg.errors import InputError, StrictError
from kg.sources import read, registry
from kg.sources.field_names import record_paths
from kg.sources.formats import openreview

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")


@pytest.mark.parametrize("format_", registry.OWN, ids=lambda format_: format_.NAME)
def test_the_table_names_each_format(format_: ModuleType) -> None:
    (row,) = re.findall(rf"^\| `{format_.NAME}` \|.*$", PAGE, re.MULTILINE)
    assert row.count(" | ") == 2


def test_exit_codes_and_limits_are_as_said() -> None:
    assert re.search(rf"^\| {InputError.exit_code} \| nothing done", PAGE, re.MULTILINE)
    assert re.search(rf"^\| {StrictError.exit_code} \| `--strict`", PAGE, re.MULTILINE)
    assert re.search(rf"^\| {INCOMPLETE} \| done, but", PAGE, re.MULTILINE)
    assert all(f"`{name}`" in PAGE for name in map(".".join, record_paths()))
    assert openreview.LIST_FIELDS["title"] == ("name", "title")


def test_the_format_of_ones_own_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    module = ModuleType("titles")
    exec(code, module.__dict__)
    monkeypatch.setattr(registry, "OWN", (*registry.OWN, module))
    (tmp_path / "list").write_text("TITLES\nOne\n\nTwo\n")
    problems: list[object] = []
    assert [paper.title for paper in read([tmp_path / "list"], problems.append)] == ["One", "Two"]
    assert [str(problem) for problem in problems] == [f"{tmp_path / 'list'}:3: a blank line"]
