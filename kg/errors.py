"""Errors that a user sees: one clear line each, with an exit code for the command line."""

from collections.abc import Sequence

FULL_DISK = "the disk is full: make room and run the command again"
"""The message wherever a disk has no room."""


class CitegraphError(Exception):
    """Base of all expected errors: the message says what failed, where, and what to do.

    Attributes:
        suggestions: names or questions that may have been meant.
        exit_code: what the command line ends with.
    """

    exit_code = 1

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = list(suggestions)


class InputError(CitegraphError):
    """A file or record that cannot be read."""


class StrictError(InputError):
    """The first record, line or input that cannot be read, when `--strict` allows none to be left out."""

    exit_code = 5


class StoreError(CitegraphError):
    """A data folder or server that cannot be opened, read or written."""


class VersionError(StoreError):
    """A graph or search index that another version of citegraph wrote.

    Attributes:
        newer: whether that version is newer, so that only upgrading helps; an older one is made again by `kg build`.
    """

    def __init__(self, message: str, *, newer: bool = False) -> None:
        super().__init__(message)
        self.newer = newer


class NotFoundError(CitegraphError):
    """No node has this name, alias or id; `suggestions` are near names."""


class NotUnderstoodError(CitegraphError):
    """A question or statement that was not understood; `suggestions` are the nearest that would be."""

    exit_code = 2


class RefusedError(CitegraphError):
    """A statement that does more than read the graph; the message names the rule."""

    exit_code = 3


class ExhaustedError(CitegraphError):
    """A statement that ran out of time or memory."""

    exit_code = 4
