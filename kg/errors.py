"""What can go wrong in a way that a user is told of: one clear line, and an exit code that means something."""

from collections.abc import Sequence

FULL_DISK = "the disk is full: make room and run the command again"
"""What is said wherever there is no room."""


class CitegraphError(Exception):
    """Something failed; the message says what, where and what to do. `suggestions` are what may have been meant."""

    exit_code = 1

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = list(suggestions)


class InputError(CitegraphError):
    """A file or record that cannot be read."""


class StrictError(InputError):
    """The first record, line or input that cannot be read, where none may be left out."""

    exit_code = 5


class StoreError(CitegraphError):
    """A data folder or server that cannot be opened, read or written."""


class NotFoundError(CitegraphError):
    """No node has this name, alias or id; `suggestions` are near names."""


class NotUnderstoodError(CitegraphError):
    """A question or statement that has no meaning here; `suggestions` are the nearest that have one."""

    exit_code = 2


class RefusedError(CitegraphError):
    """A statement that is not a read, or that asks for what a reader may not have; the message names the rule."""

    exit_code = 3


class ExhaustedError(CitegraphError):
    """A statement that ran out of time or memory."""

    exit_code = 4
