"""The command `kg`."""

import errno
import logging
import os
import signal
import sys

from kg.errors import FULL_DISK, CitegraphError

_INTERRUPTED = "interrupted: the graph is as it was"
_CTRL_C = 128 + signal.SIGINT


class _Terminated(BaseException):
    """The signal `number` asked the command to end. No library handles it, as it is no Exception."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main() -> None:
    """Runs `kg`. Errors are one line on standard error, with an exit code that says of what kind they are.

    With KG_DEBUG=1 the traceback follows.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _terminate)
    # So does a terminal that is closed, unless the command runs under `nohup`; Windows has no such signal.
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _terminate)
    # The driver logs every retry; the user is shown only the final error.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    # Imported here, so that Ctrl-C is handled during the import too.
    try:
        from kg.cli.app import app

        app(prog_name="kg")
    except CitegraphError as error:
        _fail(str(error), error.exit_code, error.suggestions)
    except KeyboardInterrupt:
        _fail(_INTERRUPTED, _CTRL_C, [])
    except _Terminated as asked:
        _fail(_INTERRUPTED, 128 + asked.number, [])
    except SystemExit as left:
        if left.code == _CTRL_C:
            _fail(_INTERRUPTED, _CTRL_C, [])
        raise
    except BrokenPipeError:
        # Otherwise Python reports the error again when it flushes standard output at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _fail(FULL_DISK, 1, [])
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        _fail(f"an error in citegraph itself, {what} (KG_DEBUG=1 shows where)", 1, [])


def _terminate(number: int, frame: object) -> None:
    # A second signal would interrupt the cleaning up.
    signal.signal(number, signal.SIG_IGN)
    raise _Terminated(number)


def _fail(message: str, exit_code: int, suggestions: list[str]) -> None:
    from kg.cli.output import problem

    if os.environ.get("KG_DEBUG"):
        raise
    problem(f"kg: {message}")
    for suggestion in suggestions:
        problem(f"  {suggestion}")
    sys.exit(exit_code)
