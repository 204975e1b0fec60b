"""Which fields somebody does not see, and which they may not write: of several roles the widest right wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.access.actor import Actor
from engine.access.policy import Policy
from engine.schema.model import Entity, EntityRights, Role

Place = tuple[str, str]
"""(entity, field)"""
WIDTH = {"none": 0, "read": 1, "write": 2}


@dataclass(frozen=True, slots=True)
class FieldLimits:
    hidden: frozenset[Place] = frozenset()
    locked: frozenset[Place] = frozenset()
    """Those that are seen and not written."""

    def __bool__(self) -> bool:
        return bool(self.hidden or self.locked)

    def hidden_of(self, entity: str) -> frozenset[str]:
        return frozenset(name for other, name in self.hidden if other == entity)

    def writes(self, entity: str, name: str) -> bool:
        return (entity, name) not in self.hidden and (entity, name) not in self.locked


NO_LIMITS = FieldLimits()
EVERY_FIELD = EntityRights()


def field_limits(policy: Policy, entities: Mapping[str, Entity], actor: Actor) -> FieldLimits:
    """What the roles of the actor leave of the fields of each entity."""
    if actor.unlimited:
        return NO_LIMITS
    roles = [policy.roles[name] for name in sorted(actor.roles) if name in policy.roles]
    hidden, locked = set[Place](), set[Place]()
    for entity in entities.values():
        given = [rights for role in roles if (rights := _rights(role, entity)) is not None]
        for name in dict.fromkeys(name for rights in given for name in rights.fields):
            width = max(WIDTH[rights.fields.get(name, "write")] for rights in given)
            if width < WIDTH["write"]:
                (locked if width else hidden).add((entity.name, name))
    return FieldLimits(frozenset(hidden), frozenset(locked))


def _rights(role: Role, entity: Entity) -> EntityRights | None:
    """What a role says of an entity that it opens; line items are open where their record is."""
    own = role.entities.get(entity.name)
    opening = role.entities.get(entity.line_of[0]) if entity.line_of else own
    if opening is None or opening.read is None:
        return None
    return own or EVERY_FIELD
