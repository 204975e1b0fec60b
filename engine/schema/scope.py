"""The names expressions may use about a row of an entity: its fields, what its links lead to, and `me`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.expressions.definitions import NONE, Definitions
from engine.expressions.types import INTEGER, Kind, Rows, Type, choice, record
from engine.schema.model import Field

WORD = re.compile(r"[a-z][a-z0-9_]*")
STAGE_ATTRIBUTES = {
    "kind": choice(("open", "won", "lost", "hold")),
    "probability": INTEGER,
}
TEAMS = Type(Kind.LIST, item=record("team"))


@dataclass(frozen=True, slots=True)
class EntityScope:
    """Implements `engine.expressions.types.Scope` for rows of `entity`."""

    entity: str
    fields: Mapping[str, Mapping[str, Field]]
    """Fields by entity name and field name."""
    definitions: Definitions = NONE
    of_write: bool = False
    """A write is judged: `old` is the row before it."""

    def unsure(self, text: str) -> bool:
        """Whether an expression names a field that is broken: then what it means cannot be said."""
        broken = {f.name for fields in self.fields.values() for f in fields.values() if f.broken}
        broken |= self.definitions.broken
        return bool(broken) and not broken.isdisjoint(WORD.findall(text))

    def member(self, of: Type | None, name: str) -> Type | None:
        if of is None:
            return self._start(name) or self._field(self.entity, name)
        if of.kind is Kind.RECORD and of.entity:
            return TEAMS if (of.entity, name) == ("user", "teams") else self._field(of.entity, name)
        return STAGE_ATTRIBUTES.get(name) if of.pipeline else None

    def names(self, of: Type | None) -> Iterable[str]:
        if of is None:
            return [*self._names(self.entity), "me", *(["old"] if self.of_write else [])]
        if of.kind is Kind.RECORD and of.entity:
            return [*self._names(of.entity), *(["teams"] if of.entity == "user" else [])]
        return STAGE_ATTRIBUTES if of.pipeline else ()

    def rows(self, of: Type | None, name: str) -> Rows | None:
        entity = self.entity if of is None else (of.entity or "")
        field = self.fields.get(entity, {}).get(name)
        return _rows_of(field) if field is not None else self._inverses(entity).get(name)

    def within(self, entity: str) -> EntityScope | None:
        return EntityScope(entity, self.fields, self.definitions) if entity in self.fields else None

    def row_names(self) -> Iterable[str]:
        held = [name for name, field in self.fields.get(self.entity, {}).items() if _rows_of(field)]
        return [*held, *self._inverses(self.entity), *self.fields]

    def _start(self, name: str) -> Type | None:
        if name == "old":
            return record(self.entity) if self.of_write else None
        return record("user") if name == "me" else None

    def _inverses(self, entity: str) -> dict[str, Rows]:
        """The records that lead to one of an entity, by the name their link gives them there."""
        leading = (field for fields in self.fields.values() for field in fields.values() if field.target == entity)
        return {
            str(field.settings["inverse"]): Rows(field.entity, key=field.name)
            for field in leading
            if "inverse" in field.settings and not field.broken
        }

    def _field(self, entity: str, name: str) -> Type | None:
        if name == "id":
            return record(entity)
        field = self.fields.get(entity, {}).get(name)
        return field.type.expression_type(field) if field and _readable(field) else None

    def _names(self, entity: str) -> list[str]:
        return [name for name, field in self.fields.get(entity, {}).items() if _readable(field)]


def _rows_of(field: Field) -> Rows | None:
    """The records that a field of line items holds, or that one of several links names."""
    if "key" in field.settings and field.target:
        return Rows(field.target, key=str(field.settings["key"]), field=field.name)
    return Rows(field.targets[0], field=field.name) if field.type.kept_apart and field.targets else None


def _readable(field: Field) -> bool:
    return field.type.stored and not field.type.sealed
