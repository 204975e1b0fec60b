"""What a changed blueprint would do to the records that are there: adding is safe, anything else is named."""

from __future__ import annotations

from collections.abc import Iterator

from engine.blueprint import Blueprint
from engine.database.ddl import Difference
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.schema.model import Entity, Field


class NotAdditive(Exception):
    """The changed blueprint cannot be applied on start. `reasons` name each change that is more than an addition."""

    def __init__(self, reasons: tuple[Text, ...]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reason.in_("en") for reason in reasons))


def lossy_changes(old: Blueprint, new: Blueprint) -> tuple[Text, ...]:
    """The changes of the model that touch what records hold: removals, changed types, removed choices and stages."""
    return tuple(_entities(old, new))


def table_changes(differences: list[Difference]) -> tuple[Text, ...]:
    """The differences between tables and database that are more than additions."""
    return tuple(
        message_text("change.table", table=item.table, name=item.name, detail=item.detail or item.kind)
        for item in differences
        if not item.additive
    )


def _entities(old: Blueprint, new: Blueprint) -> Iterator[Text]:
    for name, entity in old.entities.items():
        if name not in new.entities:
            yield message_text("change.entity_removed", entity=name)
        else:
            yield from _fields(entity, new.entities[name])


def _fields(old: Entity, new: Entity) -> Iterator[Text]:
    for field in old.declared:
        place = f"{old.name}.{field.name}"
        if field.name not in new.fields:
            yield message_text("change.field_removed", field=place)
        else:
            yield from _field(place, field, new.fields[field.name])


def _field(place: str, old: Field, new: Field) -> Iterator[Text]:
    if old.type.name != new.type.name:
        yield message_text("change.type", field=place, old=old.type.name, new=new.type.name)
    elif old.type.expression_type(old).scale != new.type.expression_type(new).scale:
        yield message_text("change.scale", field=place)
    elif old.target != new.target:
        yield message_text("change.target", field=place, old=old.target or "-", new=new.target or "-")
    else:
        for option in old.options:
            if new.option(option.key) is None:
                yield message_text("change.option_removed", field=place, option=option.key)
