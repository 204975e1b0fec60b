"""One record as expressions read it, and the moment they are judged at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from engine.database.connection import Dialect
from engine.expressions.evaluate import Read, Reads, evaluate
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression
from engine.expressions.sql import counted_sql
from engine.expressions.tree import FieldPath, Quantified
from engine.expressions.types import Rows
from engine.records.model import RecordModel
from engine.records.rows import Path, RelatedRows, RowSource, field_of
from engine.schema.computed import fitting
from engine.schema.model import Entity, Field

CHUNK = 500
NEW = -1
"""The id of a record that has none yet: it equals no other."""
Row = Mapping[str, Any]
Awaited = Mapping[str, Sequence[Row]]
"""Rows as a write will leave them, by entity: they count instead of the stored ones. One that goes into the bin has
`deleted_at`; one that is new has an id below 0 or none."""
NOTHING: Awaited = MappingProxyType({})


class RecordView:
    """Reads paths of a row in memory; what lies behind a link is fetched in the write's own transaction, once. What is
    counted is counted there too, by one statement. `before` is the row before the write that is judged."""

    def __init__(
        self,
        connection: Connection,
        model: RecordModel,
        dialect: Dialect,
        entity: Entity,
        moment: Moment,
        before: Row | None = None,
        awaited: Awaited = NOTHING,
    ) -> None:
        self._connection, self._model, self._dialect = connection, model, dialect
        self._entity, self._moment = entity, moment
        self._before, self._awaited = before, awaited
        self._fetched: dict[tuple[int, Path], Any] = {}
        self._others: dict[str, RecordView] = {}

    def at(self, moment: Moment) -> RecordView:
        """The same view at another time."""
        about = self._connection, self._model, self._dialect, self._entity
        return RecordView(*about, moment, self._before, self._awaited)

    def reads(self, connection: Connection) -> bool:
        """Whether it reads through this connection."""
        return self._connection is connection

    def sharing(self, other: RecordView) -> RecordView:
        """What one of the two fetches behind a link, both know."""
        self._fetched = other._fetched
        return self

    def preload(self, paths: Iterable[Path], rows: Sequence[Row]) -> None:
        """Fetch what lies behind the links of many rows, one statement for each link."""
        for start, behind in _by_start(paths).items():
            field = self._entity.fields.get(start)
            if field is not None and field.target:
                ids = {row.get(field.name) for row in rows} - {None}
                self._load(field.target, sorted(ids), behind)

    def judge(self, expression: Expression, row: Row, itself: bool = True) -> Any:
        """The value of an expression about `row`. Where it counts records, the row is one of them as it is here, but
        for a default (not `itself`), which is asked for before there is a record."""
        if not expression.names and not expression.quantified:
            return evaluate(expression, self._nothing, self._moment)

        def read(path: Path) -> Any:
            return self.read(row, path, expression.names)

        if not expression.quantified:
            return evaluate(expression, read, self._moment)
        return evaluate(expression, read, self._moment, partial(self._count, row if itself else None))

    def _nothing(self, path: Path) -> Any:
        raise LookupError(path)

    def read(self, row: Row, path: Path, also: Iterable[Path]) -> Any:
        """The value of a path; what else is wanted of the same linked record is fetched in the same statement."""
        start = path[0]
        if start == "old":
            return None if self._before is None else self.read(self._before, path[1:] or ("id",), (path[1:],))
        if len(path) == 1:
            known = self._entity.fields.get(start)
            if known is not None and known.worked_out_when_read:
                return self._worked_out(known, row)
            return (row.get("id") or NEW) if start == "id" else row.get(field_of(self._entity.name, start))
        if start == "me":
            return self._behind("user", self._moment.me, path, also)
        field = self._entity.fields[field_of(self._entity.name, start)]
        if field.target:
            return self._behind(field.target, row.get(field.name), path, also)
        pipeline = self._model.pipeline_of(field)
        stage = pipeline.stages.get(str(row.get(field.name))) if pipeline else None
        return getattr(stage, path[1], None)

    def _worked_out(self, field: Field, row: Row) -> Any:
        """A formula of the row that the table holds no value of."""
        expression = field.computed.expression if field.computed else None
        return None if expression is None else fitting(field, self.judge(expression, row))

    def count(self, expression: Expression, node: Quantified, reads: Reads, holds: Callable[[Read], bool]) -> int:
        """Implements `engine.expressions.evaluate.Count`: rows in memory one by one, all others by one statement."""
        return self._count(None, expression, node, reads, holds)

    def _count(
        self,
        itself: Row | None,
        expression: Expression,
        node: Quantified,
        reads: Reads,
        holds: Callable[[Read], bool],
    ) -> int:
        owner = reads[node.owner.level](node.owner.path) if isinstance(node.owner, FieldPath) else None
        if node.owner is not None and not owner:
            return 0
        rows = [*self._awaited.get(node.rows.entity, ())]
        if itself is not None and node.rows.entity == self._entity.name:
            rows.append(itself)
        view = self if node.rows.entity == self._entity.name else self._about(node.rows.entity)
        found = sum(
            _belongs(row, node.rows, owner) and holds(partial(view.read, row, also=node.names))
            for row in rows
            if row.get("deleted_at") is None
        )
        if (found and not node.counts) or (isinstance(owner, int) and owner < 0):
            return found
        known = [record_id for row in rows if (record_id := row.get("id") or NEW) > 0]
        relate = partial(RelatedRows, self._model, self._dialect, without=known)
        statement = counted_sql(expression, node, reads, self._dialect, relate)
        return found + int(self._connection.execute(statement, self._moment.parameters).scalar_one())

    def _about(self, entity: str) -> RecordView:
        if entity not in self._others:
            model = self._model
            self._others[entity] = RecordView(
                self._connection, model, self._dialect, model.entities[entity], self._moment, awaited=self._awaited
            )
        return self._others[entity]

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
            statement = select(rows.table.c.id, *columns).select_from(rows.joined).where(here)
            for found in self._connection.execute(statement, self._moment.parameters):
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


def _belongs(row: Row, rows: Rows, owner: Any) -> bool:
    if rows.key is not None:
        return bool(row.get(rows.key) == owner)
    return rows.field is None or (row.get("id") or NEW) in owner
