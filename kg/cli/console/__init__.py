"""The console of `kg cypher`: statements that are typed, or come from a pipe."""

import sys
from collections.abc import Mapping
from typing import Any

from kg.cli.console.session import Session
from kg.store import GraphReader


def run(store: GraphReader, parameters: Mapping[str, Any], output: str, timeout: float, limit: int) -> None:
    """Answers statements from a terminal, or else from standard input, until there are no more.

    Args:
        store: the graph.
        parameters: first values of `$names`.
        output: how answers are printed until `:output` changes it: `table`, `json` or `csv`.
        timeout: seconds that a statement may take.
        limit: rows after which an answer is cut.

    Raises:
        CitegraphError: a statement from a pipe failed; the ones after it are not run.
    """
    session = Session(store, parameters, output, timeout, limit)
    if sys.stdin.isatty():
        # Slow to import, and a script does not need it.
        from kg.cli.console.terminal import converse

        converse(session)
    else:
        from kg.cli.console.script import perform

        perform(session, sys.stdin)
