"""One record in one statement: every field, the titles of what it links to, and what the actor may do with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, select

from engine.access.actor import Actor
from engine.access.policy import Verb
from engine.database.connection import Dialect
from engine.records import linked
from engine.records.model import RecordModel
from engine.records.rows import RowSource
from engine.schema.model import Entity

VERBS: tuple[Verb, ...] = ("update", "delete")


def record_statement(model: RecordModel, dialect: Dialect, name: str, actor: Actor) -> Select[Any]:
    """The record named by the parameter `record`, if the actor may read it."""
    rows, entity = RowSource(model, dialect, name), model.seen_by(actor).entities[name]
    unseen = _columns_of_others(model.whole.entities[name], entity)
    links = [field for field in entity.fields.values() if field.target and field.type.stored]
    titles = [rows.title(field, actor).label(f"{field.name}__title") for field in links]
    several = linked.link_fields(entity)
    titles += [linked.titles(rows, field, actor).label(f"{field.name}__titles") for field in several]
    titles += [linked.ids(rows, field, actor).label(field.name) for field in several if field.joint is not None]
    others = [field for field in entity.fields.values() if field.targets and field not in several]
    titles += [linked.title(rows, field, actor).label(f"{field.name}__title") for field in others]
    verbs = [rows.allowed(actor, verb).label(f"may_{verb}__") for verb in VERBS]
    where = (rows.table.c.id == bindparam("record", type_=BigInteger()), rows.allowed(actor, "read"))
    late = [field for field in entity.fields.values() if field.worked_out_when_read]
    kept = [column for column in rows.table.c if column.key not in unseen | {field.name for field in late}]
    values = [rows.value(field.name).label(field.name) for field in late]
    return select(*kept, *values, *titles, *verbs).select_from(rows.joined).where(*where)


def _columns_of_others(whole: Entity, entity: Entity) -> set[str]:
    """The columns of fields that are not there for the actor."""
    unseen = (field for name, field in whole.fields.items() if name not in entity.fields)
    return {str(column.name) for field in unseen if field.type.stored for column in field.type.columns(field)}
