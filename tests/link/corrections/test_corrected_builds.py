"""Corrections through builds: applied at each, a reason for a new one, checked before anything is changed."""

from pathlib import Path

import pytest
from corrected_store import CORRECTIONS, write_extractions
from graph_dump import dump
from sample_store import kg

from kg.archive import Archive
from kg.builds import build
from kg.link.corrections import OverridesError

pytestmark = pytest.mark.slow

BY_ADA = "  who: Ada\n  why: So it is.\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    build([write_extractions(tmp_path / "papers.jsonl")], str(folder), folder)
    return folder


def models(store: Path) -> set[str]:
    return {line.split('"id": "')[1].split('"')[0] for line in dump(str(store)) if line.startswith(("Model", "Method"))}


def test_only_a_changed_file_makes_a_new_build(store: Path) -> None:
    assert models(store) == {"model/fooformer", "method/foo-transformer"}
    (store / "overrides.yaml").write_text(CORRECTIONS, "utf-8")
    changed = build([], str(store), store)
    assert changed.changed
    assert models(store) == {"model/fooformer"}
    (store / "overrides.yaml").write_text("# By us.\n" + CORRECTIONS, "utf-8")
    assert not build([], str(store), store).changed
    assert not build([store.parent / "papers.jsonl"], str(store), store).changed
    (store / "overrides.yaml").unlink()
    assert build([], str(store), store).changed
    assert models(store) == {"model/fooformer", "method/foo-transformer"}


def test_corrections_stay_when_papers_are_read_again_and_in_a_full_build(store: Path) -> None:
    (store / "overrides.yaml").write_text(CORRECTIONS, "utf-8")
    build([], str(store), store)
    corrected = dump(str(store))
    build([store.parent / "papers.jsonl"], str(store), store, full=True)
    assert dump(str(store)) == corrected
    build([write_extractions(store.parent / "more.jsonl", 5, 4)], str(store), store)
    assert models(store) == {"model/fooformer"}


def test_an_id_that_corrections_took_away_leads_to_its_replacement(store: Path) -> None:
    (store / "overrides.yaml").write_text(
        f"{CORRECTIONS}- rename: model/fooformer\n  to: Quux\n{BY_ADA}- retype: model/quux\n  to: Method\n{BY_ADA}",
        "utf-8",
    )
    build([], str(store), store)
    with Archive(store / "archive.sqlite") as archive:
        for former in ("method/foo-transformer", "model/fooformer", "model/quux"):
            assert archive.resolve(former) == "method/quux"
    for name in ("method/foo-transformer", "model/fooformer", "FooFormer", "quux"):
        shown = kg("show", name, "--store", store)
        assert "method/quux" in shown.stdout, shown.stderr


def test_a_mistake_stops_the_build_before_anything_is_changed(store: Path, tmp_path: Path) -> None:
    before = dump(str(store)), (store / "archive.sqlite").read_bytes()
    (store / "overrides.yaml").write_text(
        f"- hide: model/fooformer\n{BY_ADA}- rename: model/fooformer\n{BY_ADA}", "utf-8"
    )
    with pytest.raises(OverridesError):
        build([write_extractions(tmp_path / "more.jsonl", 5, 4)], str(store), store)
    assert (dump(str(store)), (store / "archive.sqlite").read_bytes()) == before
    done = kg("build", tmp_path / "more.jsonl", "--store", store)
    assert done.returncode == 1
    assert done.stderr == "kg: overrides.yaml:4: `to` is missing\n"


def test_a_correction_that_cannot_be_applied_is_a_warning(store: Path) -> None:
    (store / "overrides.yaml").write_text(f"- hide: model/nobody\n{BY_ADA}{CORRECTIONS}", "utf-8")
    done = kg("build", store.parent / "papers.jsonl", "--store", store)
    assert done.returncode == 0
    assert done.stderr.startswith("kg: overrides.yaml:1: not applied, there is no model/nobody")
    assert models(store) == {"model/fooformer"}
    with Archive(store / "archive.sqlite") as archive:
        assert len(archive.builds()[-1].notes) == 1


def test_a_hidden_node_stays_hidden_until_the_correction_is_gone(store: Path) -> None:
    whole = dump(str(store))
    (store / "overrides.yaml").write_text(f"- hide: model/fooformer\n{BY_ADA}- hide: 2401.00001\n{BY_ADA}", "utf-8")
    for _ in range(2):
        report = build([], str(store), store)
        assert report.problems == 0
        assert models(store) == {"method/foo-transformer"}
        build([store.parent / "papers.jsonl"], str(store), store, full=True)
    (store / "overrides.yaml").unlink()
    build([], str(store), store)
    assert dump(str(store)) == whole
