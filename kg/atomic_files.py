"""Files and folders that are written beside their place and put there in one rename: whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def write_aside(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """A path beside `path`, to write a file to, which takes its place when the block ends without an error.

    Args:
        path: what is replaced; it need not exist, its folder must.
        durable: go on only when the new file is on the disk, so that a power failure does not take it back.

    Raises:
        OSError: the file system refuses; `path` is then as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        yield temporary
        if durable:
            sync(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync(path.parent)


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """An empty folder `FOLDER.new`, to be filled, which takes the folder's place when the block ends without an error.

    Only one process at a time may replace a folder; what one that was killed left behind is removed by the next.

    Args:
        folder: what is replaced; it need not exist, the folder around it must.

    Raises:
        OSError: the file system refuses.
    """
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        yield new
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def sync(path: Path) -> None:
    """Has the system write a file, or a folder's list of names, to the disk.

    Raises:
        OSError: it cannot.
    """
    # Windows opens no folders.
    with suppress(PermissionError if os.name == "nt" else NotImplementedError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
