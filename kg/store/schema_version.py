"""Which version of the graph's schema a graph has, and whether this citegraph reads it."""

import json
from pathlib import Path

from kg.errors import StoreError, VersionError
from kg.schema import GRAPH_SCHEMA_VERSION

_FILE = "schema.json"
_FIRST = 1
"""What citegraph 0.1.0 wrote, which says no version."""


def check_schema_version(graph: str, version: int) -> None:
    """Refuses a graph of another schema version than this citegraph's.

    Args:
        graph: what the message calls it.
        version: of its schema.

    Raises:
        VersionError: it is older or newer.
    """
    if version < GRAPH_SCHEMA_VERSION:
        raise VersionError(
            f"{graph} was made by an older citegraph (version {version} of the graph's schema, this one reads "
            f"{GRAPH_SCHEMA_VERSION}): make it again with `kg build`"
        )
    if version > GRAPH_SCHEMA_VERSION:
        raise VersionError(
            f"{graph} was made by a newer citegraph (version {version} of the graph's schema, this one reads "
            f"{GRAPH_SCHEMA_VERSION}): upgrade citegraph",
            newer=True,
        )


def schema_version_of(folder: Path) -> int:
    """The schema version of the embedded graph in a folder.

    Raises:
        StoreError: the file that says it is damaged.
    """
    try:
        version: int = json.loads((folder / _FILE).read_text("utf-8"))["version"]
    except FileNotFoundError:
        return _FIRST
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{folder / _FILE} is damaged ({error}): build again with `kg build`") from error
    return version


def write_schema_version(folder: Path) -> None:
    """Says in a folder that its graph has this citegraph's schema version.

    Raises:
        OSError: it cannot be written.
    """
    (folder / _FILE).write_text(json.dumps({"version": GRAPH_SCHEMA_VERSION}) + "\n", encoding="utf-8")
