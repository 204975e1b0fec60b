"""The files that were brought to be imported, those of them that are open, and what the tables know of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from engine.access.actor import Actor
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.exchange import drafts
from engine.exchange.drafts import Draft
from engine.exchange.plan import ColumnMap
from engine.exchange.reading import read
from engine.exchange.sheet import Limits, ReadOptions, Sheet
from engine.exchange.unreadable import UnreadableFile
from engine.locale.catalogue import message_text
from engine.records.errors import Refused
from engine.records.file_store import FileStore
from engine.records.operations import Operations

KIND, CHECK_KIND = "import", "import_check"
KEPT = timedelta(days=30)
"""How long the file of an import is there, for its error file and for going on with it."""
OPEN = 3
"""Files that stay read in memory."""


class ImportFiles:
    """Files by their content, drafts by their id."""

    def __init__(
        self,
        database: Database,
        ids: Identifiers,
        clock: Clock,
        files: FileStore,
        operations: Operations,
        limits: Limits = Limits(),
    ) -> None:
        self._database, self._ids, self._clock = database, ids, clock
        self._files, self.operations, self.limits = files, operations, limits
        self._sheets: dict[tuple[str, ReadOptions], Sheet] = {}
        self._guard = Lock()

    def keep(self, stream: BinaryIO) -> tuple[str, Path]:
        """The hash of a file, and where it is kept."""
        content = self._files.put(stream)
        return content, self._files.path(content)

    def sheet(self, content: str, options: ReadOptions) -> Sheet:
        """Raises `UnreadableFile`."""
        key = (content, options)
        with self._guard:
            if key in self._sheets:
                self._sheets[key] = self._sheets.pop(key)
                return self._sheets[key]
        try:
            found = read(self._files.path(content), options, self.limits)
        except FileNotFoundError as error:
            raise UnreadableFile("gone") from error
        with self._guard:
            self._sheets[key] = found
            while len(self._sheets) > OPEN:
                del self._sheets[next(iter(self._sheets))]
        return found

    def path(self, content: str) -> Path:
        """Raises `FileNotFoundError`."""
        return self._files.path(content)

    def forget(self, content: str) -> None:
        """Remove a file that no import has any more."""
        with self._database.read() as connection:
            used = content in drafts.contents(connection)
        if not used:
            self._files.remove(content)

    def remove(self, draft: Draft) -> None:
        with self._database.write() as connection:
            drafts.remove(connection, draft.id)
        self.forget(draft.content)

    def collect(self) -> None:
        """Remove the files of imports that were begun long ago, and those that nobody ran; where the columns of the
        others went is kept for the next file like them."""
        before = self._clock.now() - KEPT
        with self._database.write() as connection:
            drafts.clear(connection, before)
        with self._database.read() as connection:
            wanted = drafts.contents(connection, since=before)
        for content in list(self._files.kept_before(before)):
            if content not in wanted:
                self._files.remove(content)
        self._files.discard_before(before)

    # -- what the table holds

    def read(self, draft_id: int) -> Draft:
        """Raises `RecordNotFound`."""
        with self._database.read() as connection:
            return drafts.read(connection, draft_id)

    def of_operation(self, operation_id: int) -> Draft | None:
        with self._database.read() as connection:
            return drafts.of_operation(connection, operation_id)

    def listed(self, actor: Actor, limit: int) -> Sequence[Draft]:
        with self._database.read() as connection:
            return drafts.listed(connection, actor, limit)

    def past(self, entity: str, sheet: Sheet) -> tuple[ColumnMap, ...]:
        with self._database.read() as connection:
            return drafts.past(connection, entity, sheet)

    def add(self, draft: Draft, sheet: Sheet) -> None:
        with self._database.write() as connection:
            drafts.add(connection, draft, sheet)

    def change(self, draft_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            drafts.change(connection, draft_id, **values)

    def begin(self, draft: Draft, actor: Actor, kind: str, settings: Mapping[str, Any]) -> int:
        """An operation for a draft that has none yet. Raises `Refused`."""
        column = "operation" if kind == KIND else "checking"
        with self._database.write() as connection:
            if kind == KIND and drafts.read(connection, draft.id).operation is not None:
                raise Refused(message_text("import.running"))
            operation = self.operations.start(
                actor, kind, draft.entity, settings, total=draft.rows, connection=connection
            )
            drafts.change(connection, draft.id, **{column: operation})
        return operation

    def next_id(self) -> int:
        return self._ids.next()

    @property
    def clock(self) -> Clock:
        return self._clock
