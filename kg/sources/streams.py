"""Opens inputs as streams: files and standard input, decompressed and converted to UTF-8."""

import codecs
import gzip
import io
import shutil
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from kg.errors import InputError
from kg.sources.field_tally import FieldTally
from kg.sources.head import Head
from kg.sources.problems import MAX_LINE, Problem

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STANDARD_INPUT = "-"
_STANDARD_INPUT_LABEL = "standard input"
_HEAD = 1 << 18
_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# A skippable frame, which tools that compress in parallel write first; its first byte varies.
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"
_UTF8 = codecs.BOM_UTF8
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BROKEN = (OSError, EOFError, zlib.error, zstd.ZstdError)


class _Readable(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class Source:
    """One opened input: its name, its first bytes, its lines."""

    def __init__(self, file: str, stream: io.BufferedReader, path: Path | None, transcoded: bool = False) -> None:
        """Takes the name shown in problems, the stream, and the file's path if the stream is the file unchanged."""
        self.file = file
        self.stream = stream
        self.transcoded = transcoded
        """Whether it was converted from another encoding than UTF-8."""
        self.fields = FieldTally()
        """Which fields its records had, and which of them were used."""
        self.format_named = False
        """Whether the user said which format it is, so that it need not be judged."""
        self._path = path

    @cached_property
    def head(self) -> Head:
        """Its first bytes; must be asked for before anything is read."""
        return Head(self.stream.peek(_HEAD), "" if self.file == _STANDARD_INPUT_LABEL else self.file)

    def lines(self) -> Iterator[bytes]:
        """Its lines with their ends; one longer than `MAX_LINE` bytes comes in pieces of that size."""
        return iter(lambda: self.stream.readline(MAX_LINE), b"")

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in pieces of 256 KiB."""
        return iter(lambda: self.stream.read(_CHUNK), b"")

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """The whole input as a seekable file: the file itself, or a temporary copy.

        Raises:
            InputError: the copy cannot be written.
        """
        if self._path:
            with self._path.open("rb") as file:
                yield file
            return
        with tempfile.TemporaryFile() as file:
            try:
                shutil.copyfileobj(self.stream, file)
                file.seek(0)
            except OSError as error:
                raise InputError(f"{self.file}: cannot be unpacked: {error.strerror}") from error
            yield file


def check(name: str, pipes: bool = True) -> None:
    """Checks that an input can be opened: a file, or, with `pipes`, a pipe.

    Raises:
        InputError: it is missing, a folder, may not be read, or is a pipe and `pipes` is false.
    """
    if name == STANDARD_INPUT:
        return
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be opened: {getattr(error, 'strerror', error)}") from error
    if stat.S_ISREG(mode):
        with _file(name):
            pass
    elif not pipes:
        raise InputError(f"{name}: no file but a pipe, socket or device")


@contextmanager
def opened(name: str, on_problem: Callable[[Problem], None]) -> Iterator[Source]:
    """Opens a file, or standard input for `-`.

    A stream that breaks off (damaged gzip, failing disk) ends early, with a problem.

    Raises:
        InputError: it cannot be opened.
    """
    label = _STANDARD_INPUT_LABEL if name == STANDARD_INPUT else name
    with _file(name) as file, ExitStack() as stack:
        magic = _magic(file)
        inner: _Readable = file
        if magic.startswith(_GZIP):
            inner = stack.enter_context(gzip.GzipFile(fileobj=file))
        elif magic.startswith(_ZSTD) or magic[1:] == _ZSTD_SKIPPABLE:
            inner = stack.enter_context(zstd.ZstdFile(file))
        plain = inner is file and name != STANDARD_INPUT and stat.S_ISREG(Path(name).stat().st_mode)
        stream = _buffered(_Unbroken(inner, label, on_problem))
        mark = stream.peek(4)
        encoding = next((encoding for mark_, encoding in _ENCODINGS if mark.startswith(mark_)), None)
        if encoding:
            stream = _buffered(_Transcoded(stream, encoding))
        elif mark.startswith(_UTF8):
            stream.read(len(_UTF8))
        if _ends_with_cr(stream.peek(_HEAD)):
            plain, stream = False, _buffered(_Relined(stream))
        yield Source(label, stream, Path(name) if plain else None, transcoded=bool(encoding))


@contextmanager
def _file(name: str) -> Iterator[io.BufferedReader]:
    if name == STANDARD_INPUT:
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise InputError(f"{name}: cannot be opened: {error.strerror}") from error
        yield file


def _magic(file: io.BufferedReader) -> bytes:
    try:
        return file.peek(4)[:4]
    except OSError:
        # Reading fails again later, and is reported there.
        return b""


def _ends_with_cr(head: bytes) -> bool:
    """Whether lines end with a carriage return alone, as on old Macs."""
    return b"\r" in head[:-1] and b"\n" not in head and b"\0" not in head


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, _HEAD)


class _Filling(io.RawIOBase):
    """A raw stream over pieces of any size."""

    def __init__(self) -> None:
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        filled = 0
        while filled < len(buffer):
            piece = self._left or self._piece(len(buffer) - filled)
            if not piece:
                break
            taken = piece[: len(buffer) - filled]
            buffer[filled : filled + len(taken)] = taken
            filled += len(taken)
            self._left = piece[len(taken) :]
        return filled

    def _piece(self, size: int) -> bytes:
        """The next bytes, or none at the end."""
        raise NotImplementedError


class _Unbroken(_Filling):
    """A stream that ends where the wrapped one fails, and reports that as a problem."""

    def __init__(self, inner: _Readable, file: str, on_problem: Callable[[Problem], None]) -> None:
        super().__init__()
        self._inner = inner
        self._file = file
        self._on_problem = on_problem
        self._line = 1

    def _piece(self, size: int) -> bytes:
        try:
            piece = self._inner.read1(size)
        except _BROKEN as error:
            self._inner = io.BytesIO()
            self._on_problem(Problem(self._file, self._line, f"cannot be read from here on: {error}", whole=True))
            return b""
        self._line += piece.count(b"\n")
        return piece


class _Transcoded(_Filling):
    """A stream converted to UTF-8; undecodable bytes become invalid UTF-8, so that their record is reported."""

    def __init__(self, inner: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def _piece(self, size: int) -> bytes:
        while read := self._inner.read(size):
            if piece := self._decoder.decode(read).encode("utf-8", "surrogatepass").replace(b"\xef\xbf\xbd", b"\xff"):
                return piece
        return self._decoder.decode(b"", final=True).encode("utf-8", "surrogatepass").replace(b"\xef\xbf\xbd", b"\xff")


class _Relined(_Filling):
    """A stream with carriage returns turned into line feeds."""

    def __init__(self, inner: BinaryIO) -> None:
        super().__init__()
        self._inner = inner

    def _piece(self, size: int) -> bytes:
        return self._inner.read(size).replace(b"\r", b"\n")
