"""The command `kg`."""

import os
import sys

from kg.errors import CitegraphError


def main() -> None:
    """Runs `kg`. Whatever goes wrong is told in one line on standard error, with a meaningful exit code.

    With KG_DEBUG=1 the traceback comes as well.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # Everything is imported within, so that Ctrl-C during start-up ends as quietly as later.
    try:
        from kg.cli.app import app

        app(prog_name="kg")
    except CitegraphError as error:
        _fail(str(error), error.exit_code, getattr(error, "suggestions", []))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Python would complain again when it flushes standard output on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        _fail(f"an error in citegraph itself, {what} (KG_DEBUG=1 shows where)", 1, [])


def _fail(message: str, exit_code: int, suggestions: list[str]) -> None:
    from kg.cli.output import problem

    if os.environ.get("KG_DEBUG"):
        raise
    problem(f"kg: {message}")
    for suggestion in suggestions:
        problem(f"  {suggestion}")
    sys.exit(exit_code)
