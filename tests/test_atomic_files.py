"""Files and folders that take their place whole, or not at all."""

import pytest

from kg.atomic_files import replace_folder, write_aside


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_takes_its_place_when_it_is_written(tmp_path, durable):
    file = tmp_path / "file.txt"
    for text in ("one", "two"):
        with write_aside(file, durable=durable) as new:
            new.write_text(text)
            assert not file.exists() or file.read_text() == "one"
        assert file.read_text() == text
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_file_stays_as_it_was_when_writing_fails(tmp_path, error):
    file = tmp_path / "file.txt"
    file.write_text("before")
    with pytest.raises(error), write_aside(file) as new:
        new.write_text("half")
        raise error
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_without_a_folder_is_an_error(tmp_path):
    with pytest.raises(OSError), write_aside(tmp_path / "missing" / "file.txt") as new:
        new.write_text("text")


def test_a_new_file_may_be_read_by_whom_other_new_files_may(tmp_path):
    (tmp_path / "other").write_text("")
    with write_aside(tmp_path / "file") as new:
        new.write_text("")
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "folder"
    for name in ("one", "two"):
        with replace_folder(folder) as new:
            (new / name).write_text("")
        assert [path.name for path in folder.iterdir()] == [name]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_stays_as_it_was_when_filling_another_fails(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file").write_text("before")
    with pytest.raises(ValueError), replace_folder(folder) as new:
        (new / "file").write_text("half")
        raise ValueError
    assert (folder / "file").read_text() == "before"
    assert list(tmp_path.iterdir()) == [folder]


def test_what_a_killed_process_left_of_a_folder_goes(tmp_path):
    (tmp_path / "folder.new").mkdir()
    (tmp_path / "folder.new" / "old").write_text("")
    with replace_folder(tmp_path / "folder") as new:
        (new / "file").write_text("")
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file"]
