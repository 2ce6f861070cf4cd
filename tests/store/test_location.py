"""What `--store` names, and where the archive belongs to it."""

from pathlib import Path

import pytest

from kg.errors import InputError, StoreError
from kg.store import Location, open_store

SERVER = "bolt://h:7687"


@pytest.mark.parametrize("text", ["bolt://h", "bolt+s://h:7687", "bolt+ssc://h", "neo4j://h", "NEO4J+S://h"])
def test_servers_are_told_from_folders(text):
    server, folder = Location.parse(text), Location.parse(text.replace("://", "/"))
    assert (server.engine, server.folder) == ("neo4j", None)
    assert folder.engine == "ladybug" and folder.folder


def test_an_address_of_another_kind_is_no_folder():
    with pytest.raises(StoreError, match=r"http://h.*bolt://"):
        open_store("http://h")


def test_the_archive_names_a_server_by_its_address_and_its_own_folder_by_nothing(tmp_path):
    assert Location.parse(SERVER).label == SERVER
    assert Location.parse(str(tmp_path)).label == ""


def test_a_folder_holds_its_own_archive(tmp_path, monkeypatch):
    location = Location.parse(str(tmp_path))
    monkeypatch.chdir(tmp_path.parent)
    for data in (None, tmp_path, Path(tmp_path.name)):
        assert location.archive_folder(data).path == tmp_path
    with pytest.raises(InputError, match="holds its own archive: leave out"):
        location.archive_folder(tmp_path / "other")


def test_a_server_needs_a_folder_for_the_archive(tmp_path):
    assert Location.parse(SERVER).archive_folder(tmp_path).path == tmp_path
    with pytest.raises(InputError, match="name a folder for the archive"):
        Location.parse(SERVER).archive_folder(None)
