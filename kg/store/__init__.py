"""The graph in an engine: embedded in a data folder, or on a Neo4j server."""

from kg.store.data_folder import DataFolder
from kg.store.ladybug.current import CurrentReader
from kg.store.location import Location
from kg.store.protocols import ExecutionPlan, GraphReader, GraphWriter, MakeIndex, Progress, Table, Version, no_progress

__all__ = [
    "DataFolder",
    "ExecutionPlan",
    "GraphReader",
    "GraphWriter",
    "Location",
    "MakeIndex",
    "Progress",
    "Table",
    "Version",
    "open_store",
    "open_writer",
]


def open_store(location: str | Location) -> GraphReader:
    """The graph at a location, open for reading: a data folder's current build, also after a later one, or a server's.

    Raises:
        StoreError: the folder holds no build, or the server cannot be reached.
    """
    place = Location.parse(location) if isinstance(location, str) else location
    if place.folder:
        return CurrentReader(place.folder)
    # Who has no server does without the driver, which takes a while to import.
    from kg.store.neo4j.reader import Neo4jReader

    return Neo4jReader(place.text)


def open_writer(
    location: Location,
    data: DataFolder,
    build: int,
    make_index: MakeIndex,
    progress: Progress = no_progress,
    *,
    whole: bool = False,
) -> GraphWriter:
    """A writer for the graph of a build; only within `DataFolder.writing`.

    Args:
        location: where the graph goes.
        data: the folder of the archive that it is made from.
        build: its number.
        make_index: makes its search index.
        progress: called with how much is written.
        whole: send a server everything, even where it is known what has changed.
    """
    # Who only reads does without the libraries that writing needs.
    if location.folder:
        from kg.store.ladybug.writer import LadybugWriter

        return LadybugWriter(location.folder, build, make_index, progress)
    from kg.store.neo4j.writer import Neo4jWriter

    return Neo4jWriter(location.text, data.last_sent, build, make_index, progress, whole=whole)
