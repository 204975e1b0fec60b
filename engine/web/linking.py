"""One record linked to another by a field of its own, written from the page of the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms.model import RelatedBlock
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.model import Record
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field
from engine.web.desk import Desk
from engine.web.related import linking_value


class NotLinked(Exception):
    """What stands against linking or unlinking; `message` says it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.message = message


@dataclass(frozen=True, slots=True)
class Linking:
    """The record on the page, and the one whose `field` links to it or shall."""

    desk: Desk
    record: Record
    field: Field
    other: Record

    @classmethod
    def of(cls, desk: Desk, record: Record, block: RelatedBlock, other_id: int) -> Linking:
        """Raises `RecordNotFound`."""
        other = desk.store.get(desk.actor, block.entity, other_id)
        return cls(desk, record, other.entity.fields[block.by], other)

    @property
    def title(self) -> str:
        return self.other.title

    @property
    def typed(self) -> str:
        """What the field of one record holds now, as it is typed; nothing for one of several."""
        held = self._held
        single = held is not None and not self.field.type.kept_apart
        return self.field.type.edit_text(held, self.field, self.desk.formats) if single else ""

    @property
    def _held(self) -> Any:
        return self.other.row[self.field.name]

    def link(self) -> None:
        """Raises `NotLinked`."""
        mine = linking_value(self.field, self.record)
        if self.field.type.kept_apart:
            held = self._held or ()
            mine = held if self.record.id in held else (*held, self.record.id)
        self._write(mine, self.other.version)

    def unlink(self, back: str, version: int | None) -> None:
        """`back` is what the field of one record held before, as it is typed. Raises `NotLinked`."""
        if self.field.type.kept_apart:
            left = tuple(record_id for record_id in self._held or () if record_id != self.record.id)
            self._write(left or None, version)
        elif self._held == linking_value(self.field, self.record):
            self._write(self._parsed(back), version)

    def _parsed(self, back: str) -> Any:
        try:
            return self.field.type.parse(back, self.field, self.desk.formats) if back else None
        except ValueRefused as refusal:
            raise NotLinked(refusal.message) from None

    def _write(self, value: Any, version: int | None) -> None:
        values = {self.field.name: value}
        try:
            self.desk.store.change(self.desk.actor, self.other.entity.name, self.other.id, values, version)
        except Refused as refusal:
            raise NotLinked(refusal.message) from None
        except Invalid as refusal:
            raise NotLinked(self._first(refusal.errors)) from None
        except Conflict:
            raise NotLinked(message_text("related.changed")) from None
        except MoveRefused as refusal:
            raise NotLinked(refusal.reason or message_text("related.fields_missing")) from None
        except RecordNotFound:
            raise NotLinked(message_text("value.no_such_record", label=self.other.entity.label)) from None

    def _first(self, errors: Mapping[str, Text]) -> Text:
        """What is said of the field, else of another one of the record."""
        return errors.get(self.field.name) or next(iter(errors.values()))
