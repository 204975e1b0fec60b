"""For whom a command acts, and on what: words of the command line become an actor and parts of the blueprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from engine.access.actor import ENGINE, Actor
from engine.access.grants import roles_of
from engine.cli.speech import Refusal
from engine.language.problems import nearest
from engine.locale.catalogue import message_text
from engine.publishing.workspace import Workspace
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity, ListQuery
from engine.web.services import Services

T = TypeVar("T")


def workspace_of(services: Services) -> Workspace:
    """Raises `Refusal` where none was founded."""
    if services.workspace is None:
        raise Refusal(message_text("cli.user.no_workspace", database=services.database.name))
    return services.workspace


def actor_named(services: Services, workspace: Workspace, email: str | None) -> Actor:
    """The user with this e-mail address; the engine, which may do everything, for none. Raises `Refusal`."""
    if email is None:
        return ENGINE
    asked = PageRequest(conditions=(Condition("email", "is", (email.strip().lower(),)),), limit=1)
    rows = workspace.store.list(ENGINE, ListQuery("user", ("email",)), asked).rows
    if not rows:
        raise Refusal(message_text("cli.no_user", email=email))
    with services.database.read() as connection:
        return Actor(rows[0]["id"], roles_of(connection, rows[0]["id"]))


def entity_named(workspace: Workspace, actor: Actor, name: str) -> Entity:
    """Raises `Refusal` for one that is not there or that the actor may not open."""
    entities = {
        key: entity
        for key, entity in workspace.blueprint.entities.items()
        if not entity.builtin and workspace.policy.may_open(actor, key)
    }
    return named(entities, name, "cli.no_entity")


def named(known: Mapping[str, T], name: str, key: str) -> T:
    """What has this name. Raises `Refusal` with the sentence `key`, or `key` with `_near` where a name is close."""
    if name in known:
        return known[name]
    near = nearest(name, known)
    raise Refusal(message_text(f"{key}_near" if near else key, name=name, near=near, names=", ".join(known)))
