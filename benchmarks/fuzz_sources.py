"""Reads damaged files of every format: no error but our own, no hang, and no change to what was stored before.

Valid files of every format, and files given with --file, are mutated (bytes flipped, cut, spliced with another file,
NULs and odd tokens put in, stretches doubled or dropped, compressed, compressed and damaged, in another encoding) or
made up; each is read under a time limit, some with a format that it is not in. With --builds some of them go through a
whole build on a data folder, where after each one the stored graph must be what it was, plus what the file held.

    python benchmarks/fuzz_sources.py --inputs 1000 --seed 1 --builds 20
"""

import argparse
import collections
import gzip
import json
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from kg.errors import CitegraphError, InputError
from kg.sources import Problem, read

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "sources"))

from writers import PAPERS, WRITERS  # noqa: E402

TOKENS = (
    *(
        b"\0",
        b"\xff",
        b"\r",
        b"\n",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"\\",
        b",",
        b":",
        b"@article{",
        b"</entry>",
        b"<entry>",
    ),
    *(b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"\\ud835", b"\xed\xa0\xb5", b"[" * 50, b'{"a":' * 50, b"&a;"),
    *(
        b'"title": null,',
        b'"title": 5,',
        b'"id": {},',
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"PAR1",
        b"\x1f\x8b",
        b"\x28\xb5\x2f\xfd",
    ),
    *(
        b'<!DOCTYPE a [<!ENTITY a "aaaa">]>',
        b"\\input{canary.tex}",
        b"$" * 50,
        b"{" * 50,
        b"\xe2\x80\xa8",
        b" " * 5000,
    ),
)


def mutated(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A damaged copy."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.choice((1, 2, 16, 256, 4096)))
        match chance.randrange(10):
            case 0:
                flipped = bytes(byte ^ 1 << chance.randrange(8) for byte in content[at:to][:8])
                content = content[:at] + flipped + content[at + len(flipped) :]
            case 1:
                content = content[:at]
            case 2:
                other = chance.choice(others)
                content = content[:at] + other[chance.randrange(len(other)) :]
            case 3 | 4:
                content = content[:at] + chance.choice(TOKENS) + content[at:]
            case 5:
                content = content[:to] + content[at:to] * chance.choice((1, 2, 50)) + content[to:]
            case 6:
                content = content[:at] + content[to:]
            case 7:
                content = content[:at] + chance.randbytes(to - at) + content[to:]
            case 8:
                content = content.replace(
                    chance.choice((b"\n", b'"', b",", b"{", b"<", b" ")), chance.choice(TOKENS), 3
                )
            case 9:
                lines = content.splitlines(keepends=True)
                chance.shuffle(lines)
                content = b"".join(lines)
        content = content[: 1 << 20]
    return content


def wrapped(content: bytes, chance: random.Random) -> bytes:
    """As it is mostly, else compressed, perhaps damaged then, or in another encoding."""
    pack = chance.choice((gzip.compress, zstd.compress))
    match chance.randrange(12):
        case 0:
            return pack(content)
        case 1:
            packed = pack(content)
            return packed[: chance.randrange(len(packed))]
        case 2:
            return mutated(pack(content), [content or b"x"], chance)
        case 3:
            return content.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "utf-7")))
        case 4:
            return content.decode("utf-8", "replace").encode("latin-1", "replace")
    return content


def made_up(chance: random.Random) -> bytes:
    """Bytes, words or brackets without any sense."""
    size = chance.choice((0, 1, 7, 100, 5000))
    match chance.randrange(3):
        case 0:
            return chance.randbytes(size)
        case 1:
            return b" ".join(chance.choices((b"title", b"Abstract", b"2210.07316", b"\n", *TOKENS), k=size // 20))
    return b"".join(chance.choices((b"{", b"}", b"[", b"]", b'"title"', b'"a"', b":", b",", b"1", b"\n"), k=size))


def generated(valid: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Without end: damaged files and nonsense."""
    while True:
        content = made_up(chance) if chance.randrange(10) == 0 else mutated(chance.choice(valid), valid, chance)
        yield wrapped(content, chance)


class Limit:
    """Ends what takes longer than some seconds."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        def stop(number: int, frame: object) -> None:
            raise TimeoutError(f"no end after {self._seconds} s")

        self._before = signal.signal(signal.SIGALRM, stop)
        signal.alarm(self._seconds)

    def __exit__(self, *details: object) -> None:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, self._before)


def records(folder: Path) -> dict[bytes, bytes]:
    """Every record of an archive, by its hash."""
    with closing(sqlite3.connect(f"file:{folder / 'archive.sqlite'}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT hash, body FROM record"))


class Store:
    """A data folder that every input is built into, and what it held before."""

    def __init__(self, folder: Path, first: Path) -> None:
        from kg.builds import build
        from kg.extraction import Extractor

        # Loading the pipeline again would take most of the time of so small a build.
        Extractor.load = cache(Extractor.load)  # type: ignore[method-assign]
        self._folder = folder
        self._build = build
        build([first], str(folder), folder, pipeline="rules")
        self._records = records(folder)
        self._keys = self._found()

    def build(self, file: Path, on_problem: Callable[[Problem], None], format_: str | None) -> int:
        """Builds with an input; how many records it added. What was there before must be there after."""
        current = (self._folder / "CURRENT").read_text()
        try:
            self._build(
                [file], str(self._folder), self._folder, pipeline="rules", format_=format_, on_problem=on_problem
            )
        except InputError:
            assert (self._folder / "CURRENT").read_text() == current, "a refused input changed the graph"
            assert records(self._folder) == self._records, "a refused input changed the archive"
            raise
        after = records(self._folder)
        before, keys = self._records, self._keys
        self._records, self._keys = after, self._found()
        assert before.items() <= after.items(), "records that were stored have changed"
        assert keys <= self._keys, f"what papers were found by is gone: {keys - self._keys}"
        return len(after) - len(before)

    def _found(self) -> set[str]:
        """All ids and titles by which papers of the graph are found, but for those that are only cited."""
        from kg.store import open_store

        with open_store(str(self._folder)) as store:
            found = store.read("MATCH (p:Paper) WHERE p.stub IS NULL RETURN p.keys AS keys").records()
        return {str(key) for row in found for key in row["keys"]}


@dataclass
class Outcome:
    """What came of the inputs."""

    counts: collections.Counter[str] = field(default_factory=collections.Counter)
    """Of inputs that were read to the end, of papers and problems in them, and of inputs that gave each error."""
    failures: list[str] = field(default_factory=list)
    """Of each input that did not end as it may: the file that keeps it, and what happened."""
    slowest: tuple[float, int] = (0.0, 0)
    """Seconds that the slowest input took, and its number."""


def fuzz(
    inputs: int, builds: int, seed: int, seconds: int, files: Sequence[Path] = (), keep: Path | None = None
) -> Outcome:
    """Reads as many inputs as `inputs` says, and builds with as many more as `builds` says.

    Args:
        inputs: how many are read.
        builds: how many go through a whole build.
        seed: decides which inputs are generated.
        seconds: limit for one input.
        files: files to damage, besides our own.
        keep: folder for inputs that fail; the one for temporary files where none is given.
    """
    chance = random.Random(seed)
    valid = [writer(PAPERS) for writers in WRITERS.values() for writer in writers]
    valid += [file.read_bytes()[: 1 << 17] for file in files]
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as scratch:
        file, first = Path(scratch, "input"), Path(scratch, "first.jsonl")
        first.write_bytes(WRITERS["json"][0](PAPERS))
        store = Store(Path(scratch, "store"), first) if builds else None
        for number, content in enumerate(islice(generated(valid, chance), inputs + builds)):
            file.write_bytes(content)
            format_ = chance.choice(sorted(WRITERS)) if chance.randrange(6) == 0 else None
            problems: list[Problem] = []
            began = time.monotonic()
            try:
                with Limit(seconds):
                    if number < inputs:
                        papers = sum(1 for _ in read([file], problems.append, format_))
                    else:
                        assert store
                        papers = store.build(file, problems.append, format_)
                outcome.counts.update({"read to the end": 1, "papers": papers, "problems": len(problems)})
                assert all("\n" not in str(problem) for problem in problems), "a problem of several lines"
            except CitegraphError as error:
                outcome.counts[type(error).__name__] += 1
                if "\n" in str(error):
                    outcome.failures.append(f"input {number} ({format_}): a message of several lines: {error}")
            except Exception as error:
                kept = Path(keep or tempfile.gettempdir(), f"fuzz-{seed}-{number}")
                shutil.copy(file, kept)
                where = traceback.extract_tb(error.__traceback__)[-1]
                outcome.failures.append(
                    f"{kept} ({format_}): {type(error).__name__}: {error} at {where.filename}:{where.lineno}"
                )
            outcome.slowest = max(outcome.slowest, (time.monotonic() - began, number))
    return outcome


def main() -> None:
    """Reads and builds, and prints what came of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1000, help="how many are read")
    parser.add_argument("--builds", type=int, default=0, help="how many more go through a whole build")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=20, help="limit for one input")
    parser.add_argument("--file", type=Path, action="append", default=[], help="a file to damage, besides our own")
    args = parser.parse_args()
    outcome = fuzz(args.inputs, args.builds, args.seed, args.seconds, args.file)
    seconds, which = outcome.slowest
    counted = {"inputs": args.inputs, "builds": args.builds, **outcome.counts}
    print(json.dumps({**counted, "slowest, s": round(seconds, 2), "which": which}))
    for failure in outcome.failures:
        print(failure)
    sys.exit(bool(outcome.failures))


if __name__ == "__main__":
    main()
