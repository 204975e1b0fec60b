"""One record as expressions read it, and the moment they are judged at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from engine.database.connection import Dialect
from engine.expressions.evaluate import evaluate
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression
from engine.records.model import RecordModel
from engine.records.rows import Path, RowSource, field_of
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
        """Fetch what lies behind the links of many rows, one statement for each link."""
        for start, behind in _by_start(paths).items():
            field = self._entity.fields.get(start)
            if field is not None and field.target:
                ids = {row.get(field.name) for row in rows} - {None}
                self._load(field.target, sorted(ids), behind)

    def judge(self, expression: Expression, row: Mapping[str, Any]) -> Any:
        """The value of an expression about `row`."""
        if not expression.names:
            return evaluate(expression, self._nothing, self._moment)
        return evaluate(expression, lambda path: self.read(row, path, expression.names), self._moment)

    def _nothing(self, path: Path) -> Any:
        raise LookupError(path)

    def read(self, row: Mapping[str, Any], path: Path, also: Iterable[Path]) -> Any:
        """The value of a path; what else is wanted of the same linked record is fetched in the same statement."""
        if len(path) == 1:
            return row.get(field_of(self._entity.name, path[0]))
        if path[0] == "me":
            return self._behind("user", self._moment.me, path, also)
        field = self._entity.fields[field_of(self._entity.name, path[0])]
        if field.target:
            return self._behind(field.target, row.get(field.name), path, also)
        pipeline = self._model.pipeline_of(field)
        stage = pipeline.stages.get(str(row.get(field.name))) if pipeline else None
        return getattr(stage, path[1], None)

    def _behind(self, entity: str, record_id: int | None, path: Path, also: Iterable[Path]) -> Any:
        if record_id is None:
            return None
        if (record_id, path[1:]) not in self._fetched:
            self._load(entity, [record_id], _by_start(also)[path[0]])
        return self._fetched.get((record_id, path[1:]))

    def _load(self, entity: str, ids: Sequence[Any], paths: Sequence[Path]) -> None:
        """Fetch paths of linked records; one that is gone has none."""
        if entity == "user" and ("teams",) in paths:
            self._load_teams(ids)
        wanted = [path for path in paths if (entity, path) != ("user", ("teams",))]
        missing = [record_id for record_id in ids if any((record_id, path) not in self._fetched for path in wanted)]
        for start in range(0, len(missing), CHUNK):
            rows = RowSource(self._model, self._dialect, entity)
            columns = [rows.column(path).label(f"c{number}") for number, path in enumerate(wanted)]
            here = rows.table.c.id.in_(missing[start : start + CHUNK])
            for found in self._connection.execute(
                select(rows.table.c.id, *columns).select_from(rows.joined).where(here)
            ):
                self._fetched |= {(found[0], path): value for path, value in zip(wanted, found[1:], strict=True)}

    def _load_teams(self, ids: Sequence[Any]) -> None:
        statement = RowSource(self._model, self._dialect, "user").my_teams()
        for record_id in ids:
            if (record_id, ("teams",)) not in self._fetched:
                teams = self._connection.execute(statement, {"me": record_id}).scalars().all()
                self._fetched[record_id, ("teams",)] = teams


def _by_start(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """What is read behind each link, by its name."""
    found: dict[str, list[Path]] = {}
    for path in sorted(paths):
        if len(path) > 1:
            found.setdefault(path[0], []).append(path[1:])
    return found
