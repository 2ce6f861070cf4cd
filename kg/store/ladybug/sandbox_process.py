"""The process that runs strangers' statements on an embedded graph, one after the other; see `children`.

A script of its own, which imports as little as it can, as it is started anew after each statement that had to be
killed. Once the database is open, it gives up what it does not need: it opens no file and no connection any more,
writes none, starts no process, and its memory is limited. Messages are JSON, each after its length in four bytes.
"""

import json
import os
import sys
import threading
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

_WARM_UP = "RETURN 1, sum(1), 1.5, 'x', [1], {a: 1}, date('2024-05-06'), timestamp('2024-05-06 00:00:00'), NULL"


def main() -> None:
    """Serves requests from standard input until it ends."""
    file, library, pool, space, memory, threads = sys.argv[1:]
    sys.path.append(library)
    import ladybug

    database = ladybug.Database(file, buffer_pool_size=int(pool), max_db_size=int(space), read_only=True)
    connection: Any = ladybug.Connection(database, num_threads=int(threads))
    requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests,), daemon=True).start()
    with connection.execute(_WARM_UP) as result:
        json.dumps(list(result), default=_scalar)
    _give_up(int(memory))
    _send(b"{}")
    while True:
        request = requests.get()
        _limit_time(request["timeout"] * int(threads))
        _send(_answer(connection, request))


def _receive(requests: "SimpleQueue[dict[str, Any]]") -> None:
    """Reads requests; ends the process when whoever sends them has ended, also in the middle of a statement."""
    while (head := sys.stdin.buffer.read(4)) and (body := sys.stdin.buffer.read(int.from_bytes(head))):
        requests.put(json.loads(body))
    os._exit(0)


def _send(body: bytes) -> None:
    sys.stdout.buffer.write(len(body).to_bytes(4) + body)
    sys.stdout.buffer.flush()


def _answer(connection: Any, request: dict[str, Any]) -> bytes:
    try:
        connection.set_query_timeout(max(1, round(request["timeout"] * 1000)))
        with connection.execute(request["statement"], request["parameters"]) as result:
            return _table(result, request["limit"], request["bytes"])
    except MemoryError:
        return json.dumps({"error": "bad_alloc"}).encode()
    except Exception as error:
        return json.dumps({"error": str(error)[:2000]}).encode()


def _table(result: Any, limit: int, most: int) -> bytes:
    """Columns and rows, as many as are wanted and fit."""
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
    columns = json.dumps(result.get_column_names())
    return (
        f'{{"columns": {columns}, "truncated": {"true" if truncated else "false"}, "rows": [{",".join(rows)}]}}'
    ).encode()


def _keyed(value: Any) -> Any:
    """The value with texts as the keys of all maps, as JSON wants them."""
    if isinstance(value, list):
        return [_keyed(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _keyed(item) for key, item in value.items()}
    return value


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        # The engine sums integers in 128 bits, which come as decimals.
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _give_up(memory: int) -> None:
    """Takes from this process what a statement does not need."""
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    mapped = _mapped()
    # With every number below the highest in use, no file, socket or pipe can be opened.
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
    """Bytes of address space in use, most of it reserved by the engine and never touched; 0 where that is unknown."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _limit_time(seconds: float) -> None:
    """Lets the system end this process after so much more processor time, should nobody else."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 5, hard))


if __name__ == "__main__":
    main()
