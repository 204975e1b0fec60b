"""Roles and an entity give conditions on its records; several roles add up, the widest wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.access.actor import Actor
from engine.expressions.parse import Expression
from engine.schema.model import EntityRights, Role

Verb = Literal["read", "update", "delete"]


@dataclass(frozen=True, slots=True)
class Grant:
    """Which records a verb reaches: all, none, or those for which one of the conditions holds."""

    everything: bool = False
    conditions: tuple[Expression, ...] = ()

    @property
    def nothing(self) -> bool:
        return not self.everything and not self.conditions


@dataclass(frozen=True, slots=True)
class Policy:
    """The rights of every role of a blueprint."""

    roles: Mapping[str, Role]

    def grant(self, actor: Actor, verb: Verb, entity: str) -> Grant:
        if actor.unlimited:
            return Grant(everything=True)
        given = [getattr(rights, verb) for rights in self._rights(actor, entity)]
        conditions = [condition for condition in given if condition is not None]
        if any(condition.constant is True for condition in conditions):
            return Grant(everything=True)
        return Grant(conditions=tuple(conditions))

    def may_create(self, actor: Actor, entity: str) -> bool:
        return actor.unlimited or any(rights.create for rights in self._rights(actor, entity))

    def may_export(self, actor: Actor, entity: str) -> bool:
        """Whether the records the actor may read may be taken out into a file."""
        return self.is_admin(actor) or any(rights.export for rights in self._rights(actor, entity))

    def may_bulk(self, actor: Actor, entity: str) -> bool:
        """Whether many records may be changed at once, each under the rights it has."""
        return self.is_admin(actor) or any(rights.bulk for rights in self._rights(actor, entity))

    def may_import(self, actor: Actor, entity: str) -> bool:
        """Whether records may be brought in from a file, each under the rights to create and update."""
        return self.is_admin(actor) or any(rights.imports for rights in self._rights(actor, entity))

    def may_open(self, actor: Actor, entity: str) -> bool:
        """Whether there is any record of the entity the actor could read."""
        return not self.grant(actor, "read", entity).nothing

    def is_admin(self, actor: Actor) -> bool:
        return actor.unlimited or not self.admin_roles.isdisjoint(actor.roles)

    @property
    def admin_roles(self) -> frozenset[str]:
        """The roles that manage the workspace."""
        return frozenset(role.name for role in self.roles.values() if role.admin)

    def _rights(self, actor: Actor, entity: str) -> list[EntityRights]:
        roles = (self.roles[name] for name in sorted(actor.roles) if name in self.roles)
        return [role.entities[entity] for role in roles if entity in role.entities]
