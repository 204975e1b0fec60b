"""An export: which records, in which order, with which columns; read by key in pages, so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.access.actor import Actor
from engine.exchange.export_columns import ID, ExportColumn
from engine.exchange.writer import Contents, Writer
from engine.records.model import Row
from engine.records.query import PageRequest
from engine.records.store import Store
from engine.schema.model import ListQuery

PAGE = 1000
"""Records read with one statement."""
AT_ONCE = 5000
"""Records that are sent while a person waits; more are written in the background."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported. `request` narrows and sorts the records of `query`, which reads the fields of `columns`."""

    title: str
    """What the file is about, in the language of the person: the name of its sheet."""
    columns: tuple[ExportColumn, ...]
    query: ListQuery
    request: PageRequest
    names: bool = False
    """The header says the names of the fields instead of their labels."""
    encoding: str = ""
    """Of a CSV file: one of `ENCODINGS`."""


def reading(query: ListQuery, columns: Sequence[ExportColumn]) -> ListQuery:
    """The query with what the columns need and nothing else."""
    return replace(query, fields=tuple(column.name for column in columns if column.name != ID), flags=())


def pages(store: Store, actor: Actor, export: Export) -> Iterator[Sequence[Row]]:
    """Every record the actor may read, a thousand at a time; one statement each."""
    after: str | None = None
    while True:
        page = store.list(actor, export.query, replace(export.request, after=after, before=None, limit=PAGE))
        yield page.rows
        after = page.after
        if after is None:
            return


def written(export: Export, writer: Writer, read: Iterator[Sequence[Row]]) -> Iterator[bytes]:
    """The file, piece by piece, of the pages that were `read`."""
    headers = tuple(column.name if export.names else column.label for column in export.columns)
    return writer.pieces(Contents(export.title, headers, export.columns, read, export.encoding))
