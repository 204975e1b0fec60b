"""One record as expressions read it, and the moment they are judged at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from engine.database.connection import Dialect
from engine.expressions.evaluate import Moment, evaluate
from engine.expressions.parse import Expression
from engine.records.model import RecordModel
from engine.records.rows import Path, RowSource
from engine.schema.model import Entity

CHUNK = 500


class RecordView:
    """Reads paths of a row in memory; what lies behind a link is fetched in the write's own transaction, once."""

    def __init__(
        self, connection: Connection, model: RecordModel, dialect: Dialect, entity: Entity, moment: Moment
    ) -> None:
        self._connection, self._model, self._dialect = connection, model, dialect
        self._entity, self._moment = entity, moment
        self._fetched: dict[tuple[int, Path], Any] = {}

    def reads(self, connection: Connection) -> bool:
        """Whether it reads through this connection."""
        return self._connection is connection

    def preload(self, paths: Iterable[Path], rows: Sequence[Mapping[str, Any]]) -> None:
        """Fetch what lies behind the links of many rows, one statement for each path."""
        for path in paths:
            field = self._entity.fields[path[0]]
            if not field.target:
                continue
            ids = {row.get(field.name) for row in rows} - {None}
            missing = [record_id for record_id in ids if (record_id, path[1:]) not in self._fetched]
            for start in range(0, len(missing), CHUNK):
                self._load_many(field.target, missing[start : start + CHUNK], path[1:])

    def judge(self, expression: Expression, row: Mapping[str, Any]) -> Any:
        """The value of an expression about `row`."""
        if not expression.names:
            return evaluate(expression, self._nothing, self._moment)
        return evaluate(expression, lambda path: self._read(row, path), self._moment)

    def _nothing(self, path: Path) -> Any:
        raise LookupError(path)

    def _read(self, row: Mapping[str, Any], path: Path) -> Any:
        if path == ("me",):
            return self._moment.me
        if path[0] == "me":
            return self._fetch("user", self._moment.me, path[1:])
        if len(path) == 1:
            return row.get(path[0])
        field = self._entity.fields[path[0]]
        if field.target:
            return self._fetch(field.target, row.get(field.name), path[1:])
        pipeline = self._model.pipeline_of(field)
        stage = pipeline.stages.get(str(row.get(field.name))) if pipeline else None
        return getattr(stage, path[1], None)

    def _fetch(self, entity: str, record_id: int | None, path: Path) -> Any:
        if record_id is None:
            return None
        key = (record_id, path)
        if key not in self._fetched:
            self._fetched[key] = self._load(entity, record_id, path)
        return self._fetched[key]

    def _load_many(self, entity: str, ids: Sequence[Any], path: Path) -> None:
        if (entity, path) == ("user", ("teams",)):
            return
        rows = RowSource(self._model, self._dialect, entity)
        column = rows.column(path)
        statement = select(rows.table.c.id, column).select_from(rows.joined).where(rows.table.c.id.in_(ids))
        self._fetched |= {(record_id, path): value for record_id, value in self._connection.execute(statement)}

    def _load(self, entity: str, record_id: int, path: Path) -> Any:
        rows = RowSource(self._model, self._dialect, entity)
        if (entity, path) == ("user", ("teams",)):
            return self._connection.execute(rows.my_teams(), {"me": record_id}).scalars().all()
        column = rows.column(path)
        statement = select(column).select_from(rows.joined).where(rows.table.c.id == record_id)
        return self._connection.execute(statement).scalar_one_or_none()
