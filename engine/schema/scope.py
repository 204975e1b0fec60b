"""The names expressions may use about a row of an entity: its fields, what its links lead to, and `me`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.expressions.definitions import NONE, Definitions
from engine.expressions.types import INTEGER, Kind, Type, choice, record
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

    def unsure(self, text: str) -> bool:
        """Whether an expression names a field that is broken: then what it means cannot be said."""
        broken = {f.name for fields in self.fields.values() for f in fields.values() if f.broken}
        broken |= self.definitions.broken
        return bool(broken) and not broken.isdisjoint(WORD.findall(text))

    def member(self, of: Type | None, name: str) -> Type | None:
        if of is None:
            return record("user") if name == "me" else self._field(self.entity, name)
        if of.kind is Kind.RECORD and of.entity:
            return TEAMS if (of.entity, name) == ("user", "teams") else self._field(of.entity, name)
        return STAGE_ATTRIBUTES.get(name) if of.pipeline else None

    def names(self, of: Type | None) -> Iterable[str]:
        if of is None:
            return [*self._names(self.entity), "me"]
        if of.kind is Kind.RECORD and of.entity:
            return [*self._names(of.entity), *(["teams"] if of.entity == "user" else [])]
        return STAGE_ATTRIBUTES if of.pipeline else ()

    def _field(self, entity: str, name: str) -> Type | None:
        if name == "id":
            return record(entity)
        field = self.fields.get(entity, {}).get(name)
        return field.type.expression_type(field) if field and _readable(field) else None

    def _names(self, entity: str) -> list[str]:
        return [name for name, field in self.fields.get(entity, {}).items() if _readable(field)]


def _readable(field: Field) -> bool:
    return field.type.stored and not field.type.sealed
