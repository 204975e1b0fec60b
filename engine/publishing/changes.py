"""What a changed blueprint would do to the records that are there: adding is safe, anything else is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.blueprint import Blueprint
from engine.database.ddl import Difference
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.schema.model import Entity, Field
from engine.schema.tables import unique_groups, unique_index_name


class NotAdditive(Exception):
    """The changed blueprint cannot be applied on start. `reasons` name each change that is more than an addition."""

    def __init__(self, reasons: tuple[Text, ...]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reason.in_("en") for reason in reasons))


def lossy_changes(old: Blueprint, new: Blueprint) -> tuple[Text, ...]:
    """The changes of the model that touch what records hold: removals, changed types, removed choices and stages."""
    return tuple(_entities(old, new))


def table_changes(differences: list[Difference], new: Blueprint) -> tuple[Text, ...]:
    """The differences between tables and database that are more than additions."""
    return tuple(_table_change(item, new) for item in differences if not item.additive)


def not_unique(entity: str, fields: Iterable[str]) -> Text:
    return message_text("change.unique", field=", ".join(f"{entity}.{name}" for name in fields))


def _table_change(item: Difference, new: Blueprint) -> Text:
    for entity in new.entities.values():
        for fields, columns in unique_groups(entity):
            if item.kind == "add_index" and item.name == unique_index_name(entity.name, columns):
                return not_unique(entity.name, fields)
    return message_text("change.table", table=item.table, name=item.name or "-", detail=item.detail or item.kind)


def _entities(old: Blueprint, new: Blueprint) -> Iterator[Text]:
    for name, entity in old.entities.items():
        if name not in new.entities:
            yield message_text("change.entity_removed", entity=name)
        else:
            yield from _fields(entity, new.entities[name])
            yield from _unique(entity, new.entities[name])


def _fields(old: Entity, new: Entity) -> Iterator[Text]:
    for field in old.declared:
        place = f"{old.name}.{field.name}"
        if field.name not in new.fields:
            yield message_text("change.field_removed", field=place)
        else:
            yield from _field(place, field, new.fields[field.name])


def _unique(old: Entity, new: Entity) -> Iterator[Text]:
    """The index of values that need not be unique any more would have to be dropped."""
    kept = {columns for _, columns in unique_groups(new)}
    for fields, columns in unique_groups(old):
        if columns not in kept and all(name in new.fields for name in fields):
            yield message_text("change.unique_removed", field=", ".join(f"{old.name}.{name}" for name in fields))


def _unit(field: Field) -> tuple[int | None, str | None]:
    kind = field.type.expression_type(field)
    return kind.scale, kind.currency


def _field(place: str, old: Field, new: Field) -> Iterator[Text]:
    if old.type.name != new.type.name:
        yield message_text("change.type", field=place, old=old.type.name, new=new.type.name)
    elif _unit(old) != _unit(new):
        yield message_text("change.scale", field=place)
    elif old.target != new.target or set(old.targets) - set(new.targets):
        one, other = (field.target or ", ".join(field.targets) or "-" for field in (old, new))
        yield message_text("change.target", field=place, old=one, new=other)
    else:
        for option in old.options:
            if new.option(option.key) is None:
                yield message_text("change.option_removed", field=place, option=option.key)
