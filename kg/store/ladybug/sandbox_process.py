"""The program of a sandbox process: it runs untrusted statements on an embedded graph, one after the other.

`kg.store.ladybug.sandbox` starts it as a script of its own, which imports little so that it starts fast. Once the
database is open, it gives up the rights that it does not need: from then on it can open no file and no connection,
write no file and start no process, and its memory is limited.

Requests come from standard input, answers go to standard output: JSON, each after its length in four bytes. A request
has `statement` (in the engine's Cypher) or `interpreted` (Neo4j's) with its `plan`, `parameters`, `timeout` (seconds),
`limit` (rows) and `bytes` (of the answer); an answer has `columns`, `rows`, `truncated` and, of what was
interpreted, the `steps` that the engine ran; or `error` and, where it is none of the engine's, its `kind`.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

_WARM_UP = "RETURN 1, sum(1), 1.5, 'x', [1], {a: 1}, date('2024-05-06'), timestamp('2024-05-06 00:00:00'), NULL"


def main() -> None:
    """Opens the database, gives up rights, and answers requests until standard input ends."""
    file, *libraries, pool, space, memory, threads = sys.argv[1:]
    sys.path += libraries
    import ladybug

    # Later, no file of a module can be opened.
    import kg.interpreter.interpreting  # noqa: F401

    database = ladybug.Database(file, buffer_pool_size=int(pool), max_db_size=int(space), read_only=True)
    connection: Any = ladybug.Connection(database, num_threads=int(threads))
    requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests,), daemon=True).start()
    with connection.execute(_WARM_UP) as result:
        json.dumps(list(result), default=_scalar)
    _drop_rights(int(memory))
    # Looking for cycles among the values of many rows takes longer than all else.
    gc.disable()
    gc.freeze()
    _send(b"{}")
    while True:
        request = requests.get()
        _limit_time(request["timeout"] * int(threads))
        _send(_answer(connection, request))
        gc.collect()


def _receive(requests: "SimpleQueue[dict[str, Any]]") -> None:
    """Reads requests; ends this process, even in the middle of a statement, when the one that sends them has ended."""
    while (head := sys.stdin.buffer.read(4)) and (body := sys.stdin.buffer.read(int.from_bytes(head))):
        requests.put(json.loads(body))
    os._exit(0)


def _send(body: bytes) -> None:
    sys.stdout.buffer.write(len(body).to_bytes(4) + body)
    sys.stdout.buffer.flush()


def _answer(connection: Any, request: dict[str, Any]) -> bytes:
    deadline = time.monotonic() + request["timeout"]
    try:
        if "interpreted" in request:
            return _interpreted(connection, request, deadline)
        _limit_query(connection, deadline)
        with connection.execute(request["statement"], request["parameters"]) as result:
            return _table(result.get_column_names(), result, request["limit"], request["bytes"])
    except MemoryError:
        return json.dumps({"error": "bad_alloc"}).encode()
    except Exception as error:
        return json.dumps({"error": str(error)[:2000]}).encode()


def _interpreted(connection: Any, request: dict[str, Any], deadline: float) -> bytes:
    from kg.interpreter.interpreting import answer, kind_of

    steps: dict[str, dict[str, Any]] = {}

    def run(statement: str, parameters: dict[str, Any]) -> Iterator[list[Any]]:
        _limit_query(connection, deadline)
        began = time.monotonic()
        with connection.execute(statement, parameters) as result:
            # One that is run for each item of a list is told once, so that the answer does not grow with the list.
            step = steps.setdefault(statement, {"statement": statement, "rows": 0, "ms": 0.0})
            step["rows"] += result.get_num_tuples()
            step["ms"] += (time.monotonic() - began) * 1e3
            yield from result

    limit = request["limit"]
    try:
        columns, rows = answer(request["interpreted"], request["parameters"], request["plan"], run, limit + 1)
        return _table(columns, rows, limit, request["bytes"], steps.values())
    except Exception as error:
        kind = kind_of(error)
        if not kind:
            raise
        match kind:
            case "fault":
                name = type(error).__name__
                told = f"the statement cannot be run, which is a fault of citegraph ({name}): please report it"
            case "exhausted":
                told = "the statement, or a value in it, is nested too deeply: make it flatter"
            case _:
                told = str(error)
        return json.dumps({"error": told, "kind": kind}).encode()


def _limit_query(connection: Any, deadline: float) -> None:
    connection.set_query_timeout(max(1, round((deadline - time.monotonic()) * 1000)))


def _table(
    columns: list[str],
    result: Iterable[list[Any]],
    limit: int,
    most: int,
    steps: Iterable[dict[str, Any]] = (),
) -> bytes:
    """The answer as JSON, with at most `limit` rows and about `most` bytes, and what the engine did for it."""
    rows: list[str] = []
    size = 0
    truncated = False
    for row in islice(result, limit + 1):
        text = json.dumps(_keyed(row), default=_scalar)
        size += len(text) + 1
        if len(rows) == limit or size > most:
            truncated = True
            break
        rows.append(text)
    if truncated and not rows and limit:
        return json.dumps({"error": "too large"}).encode()
    head = f'"columns": {json.dumps(columns)}, "truncated": {json.dumps(truncated)}, "steps": {json.dumps(list(steps))}'
    return f'{{{head}, "rows": [{",".join(rows)}]}}'.encode()


def _keyed(value: Any) -> Any:
    """The value with all keys of maps as text, as JSON wants them."""
    if isinstance(value, list):
        return [_keyed(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _keyed(item) for key, item in value.items()}
    return value


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        # The engine sums integers in 128 bits, and gives the sum as a decimal.
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _drop_rights(memory: int) -> None:
    """Takes rights from this process that a statement does not need; `memory` is in bytes, on top of what is in use."""
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    mapped = _mapped()
    # All descriptors up to the limit are in use, so no file, socket or pipe can be opened.
    highest = max(int(path.name) for path in Path("/dev/fd").iterdir())
    while (number := os.dup(0)) <= highest:
        pass
    os.close(number)
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))
    if mapped:
        resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))


def _mapped() -> int:
    """Bytes of address space in use, most of it only reserved by the engine; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _limit_time(seconds: float) -> None:
    """Has the system end this process after `seconds` more of processor time, in case nobody else does."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 5, hard))


if __name__ == "__main__":
    main()
