"""The commands of the console, and running statements; alike on a terminal and from a pipe."""

import json
import shlex
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kg import queries
from kg.cli import output
from kg.cli.console import printing
from kg.cli.console.text import is_command, statements
from kg.cli.typed_values import json_or_text
from kg.errors import NotUnderstoodError
from kg.store import GraphReader

OUTPUTS: Mapping[str, Callable[[queries.Answer], None]] = {
    "table": printing.table,
    "json": printing.as_json,
    "csv": printing.as_csv,
}
"""The ways to print an answer."""


class Session:
    """A session with a graph: values of parameters, and how answers are printed."""

    def __init__(
        self, store: GraphReader, parameters: Mapping[str, Any], output: str, timeout: float, limit: int
    ) -> None:
        """Takes the arguments of `kg.cli.console.run`."""
        self.store = store
        self.parameters = dict(parameters)
        self.output = output
        self._timeout = timeout
        self._limit = limit

    def perform(self, text: str) -> None:
        """Runs a command, or statements one after the other, and prints their answers.

        Raises:
            CitegraphError: a statement failed; the ones after it are not run.
        """
        if is_command(text):
            name, _, rest = text.strip().removeprefix(":").partition(" ")
            command = COMMANDS.get(name.lower())
            if command is None:
                raise NotUnderstoodError(f"there is no command :{name}: `:help` lists them")
            command.action(self, rest.strip().rstrip(";").strip())
        for statement in () if is_command(text) else statements(text):
            given = self.parameters
            self._print(queries.cypher(self.store, statement, given, timeout=self._timeout, limit=self._limit))

    def help(self, rest: str) -> None:
        """Prints the commands."""
        for name, command in COMMANDS.items():
            output.line(output.text(f":{name} {command.arguments}".ljust(28), "bold"), command.description)
        output.line("Cypher ends with a semicolon or an empty line.")

    def list_queries(self, rest: str) -> None:
        """Prints the named queries, or one with its parameters, columns and Cypher."""
        if rest:
            printing.query(queries.named_query(rest, self.store.engine))
        else:
            printing.named(queries.named_queries(self.store.engine))

    def run(self, rest: str) -> None:
        """Runs a named query."""
        name, *pairs = _words(rest)
        texts = {}
        for pair in pairs:
            key, equals, value = pair.partition("=")
            if not equals:
                raise NotUnderstoodError(f"write {pair} as NAME=VALUE: `:queries {name}` names the parameters")
            texts[key] = value
        self._print(queries.run_with_texts(self.store, name, texts))

    def explain(self, rest: str) -> None:
        """Prints how a statement would be run."""
        for statement in statements(rest):
            printing.explained(queries.explain(self.store, statement, self.parameters))

    def param(self, rest: str) -> None:
        """Gives a parameter a value, or prints all values."""
        name, _, text = rest.partition(" ")
        if text.strip():
            self.parameters[name.removeprefix("$")] = json_or_text(text.strip())
        elif name:
            self.parameters.pop(name.removeprefix("$"), None)
        else:
            for known, given in self.parameters.items():
                output.line(f"${known} = {json.dumps(given, ensure_ascii=False)}")

    def choose(self, rest: str) -> None:
        """Chooses how answers are printed."""
        if rest not in OUTPUTS:
            raise NotUnderstoodError(f"no output is called {rest!r}: there are {', '.join(OUTPUTS)}")
        self.output = rest

    def _print(self, answer: queries.Answer) -> None:
        OUTPUTS[self.output](answer)


class Command(NamedTuple):
    """A command of the console: its arguments, what it does in words, and the method that does it."""

    arguments: str
    description: str
    action: Callable[[Session, str], None]


COMMANDS: Mapping[str, Command] = {
    "help": Command("", "list the commands", Session.help),
    "queries": Command(
        "[NAME]", "list the named queries, or show one with its parameters and Cypher", Session.list_queries
    ),
    "run": Command("NAME KEY=VALUE …", "run a named query", Session.run),
    "explain": Command("STATEMENT", "show how the engine would run it, without running it", Session.explain),
    "param": Command("[NAME [VALUE]]", "give $NAME a value, JSON or text; without a value, forget it", Session.param),
    "output": Command("table|json|csv", "choose how answers are printed", Session.choose),
}


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text) or [""]
    except ValueError as error:
        raise NotUnderstoodError(f"a quote is not closed: {text}") from error
