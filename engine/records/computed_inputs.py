"""What a computed value is made of, as far as the actor may read it: what an explanation of the value shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, null, select

from engine.access.actor import Actor
from engine.records.computed_rollups import in_order, rooted
from engine.records.model import Record, Row
from engine.records.rows import Path, RowSource, field_of
from engine.records.store import Store
from engine.schema.computed import Rollup
from engine.schema.model import Entity, Field

MOST = 10_000
"""Records of a rollup are counted up to here."""


@dataclass(frozen=True, slots=True)
class Trail:
    """A path of an expression: the links it follows, the field it ends at, and what it asks of a stage."""

    links: Path
    field: Field
    attribute: str = ""

    @property
    def path(self) -> Path:
        return (*self.links, self.field.name)


@dataclass(frozen=True, slots=True)
class Input:
    """A field that a value is made of, on the record (`record_id`, `title`) that has it. What the actor may not read
    is not `shown`, and nothing of it is here."""

    trail: Trail
    shown: bool
    row: Row
    """The value, with the title of what it links to."""
    record_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A record that counts for a rollup. `beside` is the first record that a line item links to, beside its own."""

    id: int
    title: str
    beside: str
    shown: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Members:
    """The first records that count, those the actor may read. `count` of these is at most `MOST` + 1."""

    rows: tuple[Member, ...]
    count: int
    unseen: bool
    """Whether others count that the actor may not read."""


def trail_of(entities: Mapping[str, Entity], entity: str, path: Path) -> Trail | None:
    """None for a path that ends at no field of a record: `me`, an id, several records behind a link."""
    for depth, written in enumerate(path):
        field = entities[entity].fields.get(field_of(entity, written))
        if field is None:
            return None
        if not field.target or depth == len(path) - 1:
            apart = depth > 0 and (field.type.kept_apart or bool(field.targets))
            return None if apart else Trail(path[:depth], field, "".join(path[depth + 1 :]))
        entity = field.target
    return None


def inputs_of(store: Store, actor: Actor, record: Record, paths: Iterable[Path]) -> tuple[Input, ...]:
    """What the paths lead to from a record the actor has read: its own fields first; at most one statement."""
    found = (trail_of(store.model.entities, record.entity.name, path) for path in paths)
    trails = [trail for trail in found if trail is not None]
    behind = [trail for trail in trails if trail.links]
    row = _behind(store, actor, record, behind) if behind else {}
    own = (_own(record, trail) for trail in trails if not trail.links)
    return (*own, *(_input(row, number, trail) for number, trail in enumerate(behind)))


def _own(record: Record, trail: Trail) -> Input:
    field, row = trail.field, record.row
    linked = bool(field.target or field.targets) and not field.type.kept_apart
    shown = not linked or row.get(field.name) is None or bool(row.get(f"{field.name}__title"))
    return Input(trail, shown, row if shown else {}, record.id, record.title)


def _input(row: Mapping[str, Any], number: int, trail: Trail) -> Input:
    if not row[f"shown{number}"]:
        return Input(trail, False, {})
    found = _value(row, number, trail)
    return Input(trail, True, found, row[f"id{number}"], str(row[f"title{number}"] or f"#{row[f'id{number}']}"))


def _value(row: Mapping[Any, Any], number: int, trail: Trail) -> dict[str, Any]:
    return {trail.field.name: row[f"value{number}"], f"{trail.field.name}__title": row[f"linked{number}"]}


def _behind(store: Store, actor: Actor, record: Record, trails: Sequence[Trail]) -> Mapping[str, Any]:
    rows = RowSource(store.model, store.dialect, record.entity.name)
    columns: list[ColumnElement[Any]] = []
    for number, trail in enumerate(trails):
        columns += _columns(rows, actor, trail, number)
        columns.append(rows.column(trail.links).label(f"id{number}"))
        columns.append(_title(rows, trail.links).label(f"title{number}"))
    statement = select(*columns).select_from(rows.joined).where(rows.table.c.id == record.id)
    with store.reading() as connection:
        return dict(connection.execute(statement, store.moment(actor).parameters).mappings().one())


def _columns(rows: RowSource, actor: Actor, trail: Trail, number: int) -> list[ColumnElement[Any]]:
    """The value at the end of a trail, the title of what it links to, and whether the actor may read it."""
    path = trail.path if trail.field.target else trail.links
    linked = _title(rows, trail.path) if trail.field.target else null()
    shown = case((rows.followed(actor, path), 1), else_=0)
    return [
        rows.column(trail.path).label(f"value{number}"),
        linked.label(f"linked{number}"),
        shown.label(f"shown{number}"),
    ]


def _title(rows: RowSource, links: Path) -> ColumnElement[Any]:
    """The title of the record that links lead to, whoever may read it."""
    trail = trail_of(rows.model.entities, rows.entity, links)
    target = rows.model.entities[trail.field.target or ""] if trail else None
    assert target is not None
    return rows.column((*links, _title_column(target)))


def _title_column(entity: Entity) -> str:
    title = entity.fields.get(entity.title)
    return title.type.title_column(title) if title else entity.title


def members_of(store: Store, actor: Actor, record_id: int, rollup: Rollup, limit: int) -> Members:
    """Two statements: the first records that count, and how many do."""
    statements = _first(store, actor, record_id, rollup, limit), _counted(store, actor, record_id, rollup)
    parameters = store.moment(actor).parameters
    with store.reading() as connection:
        first = connection.execute(statements[0], parameters).mappings().all()
        count, seen = connection.execute(statements[1], parameters).one()
    return Members(tuple(_member(row, taken_of(store, rollup)) for row in first), int(seen or 0), count > (seen or 0))


def taken_of(store: Store, rollup: Rollup) -> Trail | None:
    """What a rollup takes of each record; None when it counts them."""
    path = next(iter(rollup.value.names)) if rollup.value else None
    return trail_of(store.model.entities, rollup.over.entity, path) if path else None


def _first(store: Store, actor: Actor, record_id: int, rollup: Rollup, limit: int) -> Select[Any]:
    rows, taken = RowSource(store.model, store.dialect, rollup.over.entity), taken_of(store, rollup)
    entity = store.model.entities[rollup.over.entity]
    beside = _beside(entity)
    columns: list[ColumnElement[Any]] = [
        rows.table.c.id.label("id"),
        rows.column((_title_column(entity),)).label("title"),
    ]
    columns.append((rows.title(beside, actor) if beside else null()).label("beside"))
    columns += _columns(rows, actor, taken, 0) if taken else []
    where = [*_counting(rows, rollup, taken), rows.allowed(actor, "read")]
    order = _order(rows, rollup, taken)
    root, source = rooted(rows, rollup.over, [record_id])
    return select(*columns).select_from(source).where(root == record_id, *where).order_by(*order).limit(limit)


def _counted(store: Store, actor: Actor, record_id: int, rollup: Rollup) -> Select[Any]:
    """How many records count, and how many of them the actor may read."""
    rows = RowSource(store.model, store.dialect, rollup.over.entity)
    where, allowed = _counting(rows, rollup, taken_of(store, rollup)), rows.allowed(actor, "read")
    root, source = rooted(rows, rollup.over, [record_id])
    seen = case((allowed, 1), else_=0).label("seen")
    found = select(seen).select_from(source).where(root == record_id, *where).limit(MOST + 1).subquery()
    columns: list[ColumnElement[Any]] = [func.count(), func.sum(found.c.seen)]
    return select(*columns).select_from(found)


def _counting(rows: RowSource, rollup: Rollup, taken: Trail | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [rows.table.c.deleted_at.is_(None)]
    if rollup.where is not None:
        where.append(rows.condition(rollup.where))
    return [*where, rows.column(taken.path).is_not(None)] if taken else where


def _order(rows: RowSource, rollup: Rollup, taken: Trail | None) -> list[ColumnElement[Any]]:
    """What decides the value stands first."""
    usual = in_order(rows.table, last=rollup.function == "last")
    if taken is None or rollup.function not in ("max", "min"):
        return usual
    column = rows.column(taken.path)
    return [column.desc() if rollup.function == "max" else column.asc(), *usual]


def _beside(entity: Entity) -> Field | None:
    """What names a line item that has no title: the first record it links to, beside the one it belongs to."""
    own = entity.line_of[1] if entity.line_of else ""
    links = (field for field in entity.declared if field.target and field.type.stored)
    return next((field for field in links if field.name != own), None) if own else None


def _member(row: Mapping[Any, Any], taken: Trail | None) -> Member:
    shown = taken is None or bool(row["shown0"])
    value = _value(row, 0, taken) if taken and shown else {}
    return Member(row["id"], str(row["title"] or ""), str(row["beside"] or ""), shown, value)
