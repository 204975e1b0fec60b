"""Attached files: staged when uploaded, held by a record when it is written, collected when nothing holds them.

A file is seen by who may read the record it is attached to; before that, by who uploaded it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, delete, insert, select, text

from engine.access.actor import Actor
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.system_tables import file as table
from engine.records.errors import RecordNotFound
from engine.records.file_store import FileStore
from engine.records.model import Record
from engine.records.sniffing import judge
from engine.records.store import Store
from engine.schema.field_type import refuse
from engine.schema.file_ref import FileRef, clean_name
from engine.schema.record_ids import LARGEST

GRACE = timedelta(days=1)
"""How long a file that nothing holds is kept: a form may be open, a removal may be taken back."""
BATCH = 500
"""Contents that are looked for in one statement."""
MEGABYTE = 1024 * 1024
_log = logging.getLogger("engine.records")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives. `whole` is false when more was sent than a file may have; then `stream` ends early."""

    name: str
    stream: BinaryIO
    whole: bool = True


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One attached file; `field` is empty for one of the record that is in no field."""

    ref: FileRef
    hash: str
    field: str
    created_at: datetime
    who: str
    """The name of who uploaded it; empty for the engine itself, and where nobody asked for it."""


class Files:
    """The files of one workspace. `limit` is the most bytes one may have."""

    def __init__(self, database: Database, ids: Identifiers, clock: Clock, contents: FileStore, limit: int) -> None:
        self._database, self._ids, self._clock = database, ids, clock
        self._contents = contents
        self.limit = limit

    def stage(self, actor: Actor, upload: Upload, check: Callable[[FileRef], None] = lambda file: None) -> FileRef:
        """Keep an upload until a record holds it; `check` may refuse it. Raises `ValueRefused`."""
        name = clean_name(upload.name)
        size = upload.stream.seek(0, 2)
        if not upload.whole or size > self.limit:
            raise refuse("file_large", name=name, limit=self.limit // MEGABYTE)
        file = FileRef(self._ids.next(), name, judge(upload.stream, name).media, size)
        check(file)
        content = self._contents.put(upload.stream)
        self._remember(actor, file, content)
        try:
            self._contents.path(content)
        except FileNotFoundError:  # collected between the two lines above, as nothing held it then
            self._contents.put(upload.stream)
        return file

    def of(self, store: Store, record: Record) -> Sequence[StoredFile]:
        """The files of a record that was read for whom they are shown to, the oldest first; one statement."""
        user = store.model.table("user")
        held = (table.c.entity == record.entity.name, table.c.record_id == record.id, table.c.released_at.is_(None))
        statement = (
            select(table, user.c.name.label("who"))
            .select_from(table.outerjoin(user, user.c.id == table.c.created_by))
            .where(*held)
            .order_by(table.c.id)
        )
        with store.reading() as connection:
            found = connection.execute(statement).mappings().all()
        there = record.entity.fields
        return [_stored(row, row["who"] or "") for row in found if not row["field"] or row["field"] in there]

    def open(self, store: Store, actor: Actor, file_id: int) -> tuple[StoredFile, Path]:
        """A file and where its content is. Raises `RecordNotFound`, also for one the actor may not see."""
        if not 0 < file_id <= LARGEST:
            raise RecordNotFound
        with self._database.read() as connection:
            row = connection.execute(select(table).where(table.c.id == file_id)).mappings().first()
        if row is None or not self._may_see(store, actor, row):
            raise RecordNotFound
        try:
            return _stored(row), self._contents.path(row["hash"])
        except FileNotFoundError:
            _log.error("the content %s of the file %s is missing", row["hash"], file_id)
            raise RecordNotFound from None

    def collect(self) -> int:
        """Forget what nothing has held for longer than the grace time; how many files that were."""
        before = self._clock.now() - GRACE
        with self._alone() as connection:
            expired = table.c.released_at < before
            contents = set(connection.execute(select(table.c.hash).where(expired)).scalars())
            removed = connection.execute(delete(table).where(expired)).rowcount
            for content in contents:
                self._remove_unused(connection, content)
        return int(removed)

    def sweep(self) -> None:
        """Forget what an interrupted upload or a crash has left in the store: contents that no file has. It looks at
        every content, so once a day is enough; a change of one waits until it is judged, the others do not."""
        before = self._clock.now() - GRACE
        self._contents.discard_before(before)
        for contents in _batches(self._contents.kept_before(before), BATCH):
            with self._database.read() as connection:
                found = connection.execute(select(table.c.hash).where(table.c.hash.in_(contents))).scalars()
                left = set(contents) - set(found)
            for content in sorted(left):
                with self._alone() as connection:
                    self._remove_unused(connection, content)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """A transaction in which nobody else stages a file; who does looks for its content afterwards."""
        with self._database.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE sys_file IN SHARE ROW EXCLUSIVE MODE"))
            yield connection

    def _remove_unused(self, connection: Connection, content: str) -> None:
        if connection.execute(select(table.c.id).where(table.c.hash == content).limit(1)).first() is None:
            self._contents.remove(content)

    def _remember(self, actor: Actor, file: FileRef, content: str) -> None:
        now = self._clock.now()
        values = {"hash": content, "created_at": now, "created_by": actor.user_id, "released_at": now}
        with self._database.write() as connection:
            connection.execute(insert(table).values(**file._asdict(), **values))

    def _may_see(self, store: Store, actor: Actor, row: Mapping[Any, Any]) -> bool:
        if row["entity"] is None:
            return actor.unlimited or (actor.user_id is not None and row["created_by"] == actor.user_id)
        entity = store.model.seen_by(actor).entities.get(row["entity"])
        if entity is None or row["released_at"] is not None or (row["field"] and row["field"] not in entity.fields):
            return False
        store.get(actor, entity.name, row["record_id"])
        return True


def _stored(row: Mapping[Any, Any], who: str = "") -> StoredFile:
    ref = FileRef(row["id"], row["name"], row["media"], row["size"])
    return StoredFile(ref, row["hash"], row["field"] or "", row["created_at"], who)


def _batches(contents: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    rest = iter(contents)
    while batch := tuple(islice(rest, size)):
        yield batch
