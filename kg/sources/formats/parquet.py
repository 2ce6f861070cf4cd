"""Tables in Parquet files."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.columns import column
from kg.sources.format import Fit
from kg.sources.formats.json import FIELDS
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "parquet"
DESCRIPTION = "Parquet with a column `title`"

_MAGIC = b"PAR1"
_ROWS = 256


def recognises(head: Head) -> Fit:
    """Certain if it begins with Parquet's magic bytes."""
    return Fit.CERTAIN if head.raw.startswith(_MAGIC) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads the known columns, 256 rows at a time; see `kg.sources.format.Format`."""
    # Imported here because it is slow, and only this format needs it.
    import pyarrow
    from pyarrow import parquet

    known = {place for places in FIELDS.values() for place in places}
    row = 0
    with source.seekable() as file:
        try:
            table = parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
            columns = [name for name in table.schema_arrow.names if column(name) in known]
            for batch in table.iter_batches(_ROWS, columns=columns):
                for values in batch.to_pylist():
                    row += 1
                    record = {column(name): value for name, value in values.items()}
                    for item in papers(record, FIELDS, NAME, source, None):
                        yield (
                            item
                            if isinstance(item, Paper)
                            else Problem(source.file, None, f"row {row}: {item.message}")
                        )
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            reason = str(error).partition("\n")[0]
            message = f"not Parquet that can be read, from row {row + 1} on ({reason})"
            yield Problem(source.file, None, message, whole=True)
