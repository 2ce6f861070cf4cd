"""The console on a terminal: editing, history, colours, completion."""

from contextlib import suppress

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.filters import completion_is_selected
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer

from kg.cli import output
from kg.cli.console.completion import CypherCompleter
from kg.cli.console.session import Session
from kg.cli.console.text import is_complete
from kg.errors import CitegraphError

_PROMPT = "kg> "


def converse(session: Session) -> None:
    """Answers what is typed until Ctrl-D. An error is one line, and Ctrl-C stops what is running."""
    prompt: PromptSession[str] = PromptSession(
        _PROMPT,
        history=_history(),
        lexer=PygmentsLexer(CypherLexer),
        completer=CypherCompleter(session),
        complete_in_thread=True,
        complete_while_typing=True,
        enable_history_search=False,
        multiline=True,
        prompt_continuation=lambda width, number, wrapped: " " * (width - 2) + "| ",
        key_bindings=_keys(),
    )
    output.line("Cypher ends with a semicolon or an empty line. :help lists the commands, Ctrl-D leaves.")
    while True:
        try:
            text = prompt.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        _perform(session, text)


def _perform(session: Session, text: str) -> None:
    try:
        session.perform(text)
    except CitegraphError as error:
        output.problem(str(error))
        for suggestion in error.suggestions:
            output.problem(f"  {suggestion}")
    except KeyboardInterrupt:
        output.problem("stopped")
    except Exception as error:
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        output.problem(f"an error in citegraph itself, {what}")


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter", filter=~completion_is_selected)
    def enter(event: KeyPressEvent) -> None:
        """Runs a complete text, and begins another line of any other."""
        buffer = event.current_buffer
        if is_complete(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.newline()

    @keys.add("enter", filter=completion_is_selected)
    def choose(event: KeyPressEvent) -> None:
        """Takes the selected completion."""
        event.current_buffer.complete_state = None

    return keys


def _history() -> History:
    """What was typed before, also in earlier sessions; only in this one if the file cannot be written."""
    with suppress(OSError):
        file = platformdirs.user_state_path("citegraph", appauthor=False, ensure_exists=True) / "history"
        file.touch(mode=0o600)
        return FileHistory(str(file))
    return InMemoryHistory()
