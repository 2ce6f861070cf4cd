"""Tables in Parquet files."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.schema import Paper
from kg.sources.columns import fields_of
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.paper_evidence import are_papers
from kg.sources.problems import NoPapers, Problem
from kg.sources.record_shapes import shape_of_table
from kg.sources.streams import Source

if TYPE_CHECKING:
    import pyarrow

NAME = "parquet"
DESCRIPTION = "Parquet with a column `title` and others that papers have"

_MAGIC = b"PAR1"
_ROWS = 256


def recognises(head: Head) -> Fit:
    """Certain if it begins with Parquet's magic bytes."""
    return Fit.CERTAIN if head.raw.startswith(_MAGIC) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads the known columns, 256 rows at a time; see `kg.sources.format.Format`.

    Parquet names its columns at its end, so that only reading shows what a file holds.

    Raises:
        NoPapers: the first rows show no papers.
    """
    # Imported here because it is slow, and only this format needs it.
    import pyarrow
    from pyarrow import parquet

    row = 0
    with source.seekable() as file:
        try:
            table = parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
            names = tuple(name for name in table.schema_arrow.names if _small(table.schema_arrow.field(name).type))
            fields = fields_of(names)
            for batch in table.iter_batches(_ROWS, columns=list(names)):
                records = batch.to_pylist()
                if not row and not source.format_named and not are_papers(records):
                    raise NoPapers(shape_of_table(table.schema_arrow.names, records))
                for record in records:
                    row += 1
                    for item in papers(record, fields, NAME, source, None):
                        yield (
                            item
                            if isinstance(item, Paper)
                            else Problem(source.file, None, f"row {row}: {item.message}")
                        )
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            reason = str(error).partition("\n")[0]
            message = f"not Parquet that can be read, from row {row + 1} on ({reason})"
            yield Problem(source.file, None, message, whole=True)


def _small(kind: "pyarrow.DataType") -> bool:
    """Whether a column may hold something of a paper: not vectors, images or other bytes."""
    from pyarrow import types

    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return not types.is_floating(kind.value_type) and _small(kind.value_type)
    return not (types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind))
