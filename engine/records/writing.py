"""One write transaction of the gateway: create, change, delete and restore records, each with its history row.

The order of a write: rights, conflict, read-only fields, defaults, hidden fields, stage move, rules, links, unique
values, then the row, its history and its stage entry. Nothing is written when anything stands against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.access.actor import Actor
from engine.database.connection import Dialect
from engine.database.identifiers import Identifiers
from engine.expressions.evaluate import Moment
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records import history, links, rules, transitions
from engine.records.errors import Clash, Conflict, ConflictDetails, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.model import RecordModel
from engine.records.rows import RowSource
from engine.records.view import RecordView
from engine.schema.model import Entity
from engine.schema.tables import unique_groups

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line item of a record: new (no id), changed, or to be deleted."""

    id: int | None
    values: Values
    delete: bool = False


Lines = Mapping[str, Sequence[LineChange]]
"""Children field -> its changed lines."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it stands in the table before a write."""

    row: dict[str, Any]
    may_update: bool
    may_delete: bool


class Write:
    """One transaction, for one actor, from one source (`ui`, `api`, `import`, `seed`, `demo`)."""

    def __init__(
        self,
        connection: Connection,
        model: RecordModel,
        dialect: Dialect,
        ids: Identifiers,
        moment: Moment,
        actor: Actor,
        source: str,
    ) -> None:
        self._connection, self._model, self._dialect, self._ids = connection, model, dialect, ids
        self._moment, self._actor, self._source = moment, actor, source

    @property
    def connection(self) -> Connection:
        """For what must be committed together with the records: grants and passwords of a new user."""
        return self._connection

    def at(self, now: datetime) -> Write:
        """The same transaction at another time: demo data has a past."""
        moment = replace(self._moment, now=now)
        return Write(self._connection, self._model, self._dialect, self._ids, moment, self._actor, self._source)

    def create(self, name: str, values: Values, lines: Lines | None = None) -> int:
        """A new record with its line items; the id. Raises `Refused`, `Invalid`, `MoveRefused`."""
        entity = self._entity(name)
        if not entity.line_of and not self._model.policy.may_create(self._actor, name):
            raise Refused(message_text("refused.create", entity=entity.plural))
        view = self._view(entity)
        owned = self._owned(entity, values)
        row = rules.without_hidden(entity, rules.with_defaults(entity, owned, view), view) | _system(owned)
        self._check_first_stage(entity, row, view)
        self._check(entity, row, None, 0, view)
        record_id = self._insert(entity, row)
        self._write_lines(entity, record_id, lines or {})
        return record_id

    def change(
        self, name: str, record_id: int, values: Values, version: int | None = None, lines: Lines | None = None
    ) -> int:
        """Change fields and line items; the new version. `version` is the one the actor read.
        Raises `RecordNotFound`, `Refused`, `Conflict`, `Invalid`, `MoveRefused`."""
        entity = self._entity(name)
        stored = self._stored(entity, record_id)
        if not stored.may_update:
            raise Refused(message_text("refused.update", entity=entity.label))
        wanted = {field: value for field, value in values.items() if stored.row[field] != value}
        self._check_conflict(entity, record_id, stored.row, wanted, version)
        view = self._view(entity)
        if errors := rules.locked(entity, wanted, stored.row, view):
            raise Invalid(errors)
        row = rules.without_hidden(entity, stored.row | wanted, view)
        changed = {field: row[field] for field in entity.fields if field in row and stored.row[field] != row[field]}
        self._check_move(entity, stored.row, row, changed, view)
        self._check(entity, row, changed, record_id, view)
        new_version = self._update(entity, stored.row, changed) if changed else int(stored.row["version"])
        self._write_lines(entity, record_id, lines or {})
        return new_version

    def delete(self, name: str, record_id: int) -> None:
        """Put a record into the bin, with its line items and what its links cascade to.
        Raises `RecordNotFound`, `Refused`."""
        entity = self._entity(name)
        stored = self._stored(entity, record_id)
        if not stored.may_delete:
            raise Refused(message_text("refused.delete", entity=entity.label))
        self._bury(entity, stored.row)

    def restore(self, name: str, record_id: int) -> None:
        """Take a record out of the bin, with what went there in the same moment because of it.
        Raises `RecordNotFound`, `Refused`, `Invalid` when a unique value was taken meanwhile."""
        entity = self._entity(name)
        stored = self._stored(entity, record_id, in_bin=True)
        if not stored.may_delete:
            raise Refused(message_text("refused.delete", entity=entity.label))
        self._raise_up(entity, stored.row)

    # -- checks

    def _check(self, entity: Entity, row: Values, changed: Values | None, record_id: int, view: RecordView) -> None:
        errors = rules.broken_rules(entity, row, changed, view)
        given = {name: row[name] for name in (changed if changed is not None else entity.fields) if name in row}
        if not self._actor.unlimited:
            errors = links.dangling(
                self._connection, self._model, self._dialect, entity, _without_parent(entity, given), self._actor
            ) | errors
        stored = self._with_companions(entity, row)
        touched = [group for group in unique_groups(entity) if changed is None or set(group[0]) & set(changed)]
        errors = links.repeated(self._connection, self._model, entity, stored, record_id, touched) | errors
        if errors:
            raise Invalid(errors)

    def _check_conflict(
        self, entity: Entity, record_id: int, stored: Values, wanted: Values, version: int | None
    ) -> None:
        if version is None or version >= stored["version"] or not wanted:
            return
        since = history.changed_since(self._connection, entity.name, record_id, version)
        clashes = tuple(Clash(name, wanted[name], stored[name]) for name in wanted if name in since)
        if clashes:
            raise Conflict(ConflictDetails(int(stored["version"]), clashes, at=stored["updated_at"], record=stored))

    def _check_first_stage(self, entity: Entity, row: Values, view: RecordView) -> None:
        """A record that starts in a later stage passes the guard of getting there."""
        field = entity.stage_field
        pipeline = self._model.pipeline_of(field) if field else None
        if field and pipeline and row.get(field.name) not in (None, pipeline.first.key):
            self._guard(entity, pipeline.first.key, row, view)

    def _check_move(self, entity: Entity, stored: Values, row: Values, changed: Values, view: RecordView) -> None:
        field = entity.stage_field
        if field and changed.get(field.name) is not None:
            self._guard(entity, stored[field.name], row, view)

    def _guard(self, entity: Entity, source: str | None, row: Values, view: RecordView) -> None:
        field = entity.stage_field
        pipeline = self._model.pipeline_of(field) if field else None
        if field is None or pipeline is None:
            return
        guard = transitions.check_move(entity, pipeline, source, row, self._actor, view)
        if not guard.open:
            raise MoveRefused(guard.refusal, guard.missing, str(row[field.name]))

    # -- rows

    def _entity(self, name: str) -> Entity:
        return self._model.entities[name]

    def _view(self, entity: Entity) -> RecordView:
        return RecordView(self._connection, self._model, self._dialect, entity, self._moment)

    def _stored(self, entity: Entity, record_id: int, in_bin: bool = False) -> Stored:
        rows = RowSource(self._model, self._dialect, entity.name)
        verbs = [rows.allowed(self._actor, verb).label(verb) for verb in ("update", "delete")]
        deleted = rows.table.c.deleted_at
        where = (
            rows.table.c.id == record_id,
            deleted.is_not(None) if in_bin else deleted.is_(None),
            rows.allowed(self._actor, "read"),
        )
        statement = select(rows.table, *verbs).select_from(rows.joined).where(*where)
        if self._dialect == "postgresql":
            statement = statement.with_for_update(of=rows.table)
        found = self._connection.execute(statement, self._parameters).mappings().first()
        if found is None:
            raise RecordNotFound
        row = {column.name: found[column.name] for column in rows.table.columns}
        return Stored(row, bool(found["update"]), bool(found["delete"]))

    @property
    def _parameters(self) -> dict[str, Any]:
        return {"me": self._actor.user_id, "today": self._moment.today, "now": self._moment.now}

    def _owned(self, entity: Entity, values: Values) -> dict[str, Any]:
        """The values with the actor as owner and the owner's team, where nothing else is said."""
        owned = dict(values)
        if not entity.builtin and not entity.line_of and self._actor.user_id is not None:
            owned.setdefault("owner", self._actor.user_id)
        if owned.get("owner") is not None and "team" not in owned:
            user = self._model.table("user")
            statement = select(user.c.main_team).where(user.c.id == owned["owner"])
            owned["team"] = self._connection.execute(statement).scalar_one_or_none()
        return owned

    def _insert(self, entity: Entity, row: Values) -> int:
        record_id, moment = self._ids.next(), self._moment.now
        created = row.get("created_by") or self._actor.user_id
        stamps = {"created_at": moment, "updated_at": moment, "last_activity_at": moment}
        values = self._with_companions(entity, row) | stamps | {"created_by": created, "updated_by": created}
        table = self._model.table(entity.name)
        self._connection.execute(insert(table).values(id=record_id, version=1, **values))
        changes = {name: (None, value) for name, value in row.items() if value is not None}
        self._keep(entity, record_id, 1, "created", changes)
        return record_id

    def _update(self, entity: Entity, stored: Values, changed: Values) -> int:
        version = int(stored["version"]) + 1
        stamps: dict[str, Any] = {"updated_at": self._moment.now, "updated_by": self._actor.user_id}
        if self._actor.user_id is not None:
            stamps["last_activity_at"] = self._moment.now
        table = self._model.table(entity.name)
        values = self._with_companions(entity, changed) | stamps
        self._connection.execute(
            update(table).where(table.c.id == stored["id"]).values(version=version, **values)
        )
        changes = {name: (stored[name], value) for name, value in changed.items()}
        self._keep(entity, int(stored["id"]), version, "updated", changes)
        return version

    def _with_companions(self, entity: Entity, row: Values) -> dict[str, Any]:
        values = {name: value for name, value in row.items() if name in entity.fields}
        for name, value in row.items():
            if (field := entity.fields.get(name)) is None:
                continue
            if companions := field.type.columns(field)[1:]:
                values |= {column.name: None for column in companions}
                if value is not None:
                    values |= field.type.companions(value, field)
        return values

    def _keep(
        self, entity: Entity, record_id: int, version: int, kind: history.Kind, changes: history.Changes
    ) -> None:
        write = history.Write(entity, record_id, version, self._moment.now, self._actor.user_id, self._source)
        history.record_write(self._connection, self._ids.next(), write, kind, changes)
        field = entity.stage_field
        if field and field.name in changes:
            history.record_stage(self._connection, self._ids.next(), write, field.name, changes[field.name])

    # -- line items

    def _write_lines(self, entity: Entity, record_id: int, lines: Lines) -> None:
        errors: dict[str, Text] = {}
        for name, changes in lines.items():
            field = entity.fields[name]
            key = str(field.settings["key"])
            for number, change in enumerate(changes):
                try:
                    self._write_line(field.target or "", key, record_id, change)
                except Invalid as invalid:
                    errors |= {f"{name}.{number}.{inner}": text for inner, text in invalid.errors.items()}
        if errors:
            raise Invalid(errors)

    def _write_line(self, entity: str, key: str, record_id: int, change: LineChange) -> None:
        if change.id is None:
            self.create(entity, {**change.values, key: record_id})
            return
        stored = self._stored(self._entity(entity), change.id)
        if stored.row[key] != record_id:
            raise RecordNotFound
        if change.delete:
            self.delete(entity, change.id)
        else:
            self.change(entity, change.id, change.values)

    # -- the bin

    def _bury(self, entity: Entity, stored: Values) -> None:
        record_id = int(stored["id"])
        for field in self._model.links_to(entity.name):
            if not field.system:
                self._let_go(entity, field, record_id)
        self._stamp(entity, stored, self._moment.now, "deleted")

    def _let_go(self, entity: Entity, field: Any, record_id: int) -> None:
        """Do to the records that point here what their link says: restrict, clear or cascade."""
        other = self._entity(field.entity)
        pointing = links.pointing_at(self._connection, self._model, field, record_id)
        on_delete = field.settings.get("on_delete", "clear")
        if pointing and on_delete == "restrict":
            count = len(pointing)
            raise Refused(message_text("refused.restricted", count=count, entity=entity.label, others=other.plural))
        for other_id in pointing:
            stored = self._plain_row(other, other_id)
            if on_delete == "cascade":
                self._bury(other, stored)
            else:
                self._update(other, stored, {field.name: None})

    def _plain_row(self, entity: Entity, record_id: int) -> dict[str, Any]:
        """A row whatever the actor may see: what the engine itself does in the wake of a write."""
        table = self._model.table(entity.name)
        return dict(self._connection.execute(select(table).where(table.c.id == record_id)).mappings().one())

    def _raise_up(self, entity: Entity, stored: Values) -> None:
        row = {name: value for name, value in stored.items() if name in entity.fields}
        groups = unique_groups(entity)
        full = self._with_companions(entity, row)
        if errors := links.repeated(self._connection, self._model, entity, full, int(stored["id"]), groups):
            raise Invalid(errors)
        self._stamp(entity, stored, None, "restored")
        for field in self._model.links_to(entity.name):
            if field.settings.get("on_delete") == "cascade":
                other, table = self._entity(field.entity), self._model.table(field.entity)
                where = (table.c[field.name] == stored["id"], table.c.deleted_at == stored["deleted_at"])
                for found in self._connection.execute(select(table).where(*where)).mappings().all():
                    self._raise_up(other, dict(found))

    def _stamp(self, entity: Entity, stored: Values, deleted_at: datetime | None, kind: history.Kind) -> None:
        table, version = self._model.table(entity.name), int(stored["version"]) + 1
        values = {"deleted_at": deleted_at, "version": version, "updated_at": self._moment.now}
        self._connection.execute(update(table).where(table.c.id == stored["id"]).values(**values))
        self._keep(entity, int(stored["id"]), version, kind, {})


def _system(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in ("owner", "team", "created_by") if values.get(name) is not None}


def _without_parent(entity: Entity, values: Values) -> dict[str, Any]:
    """A line item's link to its record is set by the engine, which has checked that record."""
    return {name: value for name, value in values.items() if not entity.line_of or name != entity.line_of[1]}
