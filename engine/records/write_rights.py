"""Who may write a record: the rights of the actor, for a line item those over the record it belongs to."""

from __future__ import annotations

from typing import Any

from engine.access import grants
from engine.locale.catalogue import message_text
from engine.records.errors import RecordNotFound, Refused
from engine.records.transaction import Stored, Transaction, Values
from engine.schema.model import Entity, Field

USER = "user"


def check_create(transaction: Transaction, entity: Entity, values: Values) -> None:
    """Raises `Refused`, `RecordNotFound`."""
    if entity.line_of:
        check_parent(transaction, entity, values.get(entity.line_of[1]))
        check_open(transaction, entity, values.get(entity.line_of[1]))
    elif not transaction.model.policy.may_create(transaction.actor, entity.name):
        raise Refused(message_text("refused.create", entity=entity.plural))


def check_change(transaction: Transaction, entity: Entity, stored: Stored, values: Values) -> None:
    """Raises `Refused`, `RecordNotFound`."""
    if not stored.may_update:
        raise Refused(message_text("refused.update", entity=entity.label))
    check_line_open(transaction, entity, stored)
    if entity.name == USER and values.get("active", True) is False:
        check_leaving(transaction, entity, stored)
    if entity.line_of and (parent := values.get(entity.line_of[1])) not in (None, stored.row[entity.line_of[1]]):
        check_parent(transaction, entity, parent)
        check_open(transaction, entity, parent)


def check_leaving(transaction: Transaction, entity: Entity, stored: Stored) -> None:
    """Somebody is left who manages the workspace when a user leaves it. Raises `Refused`."""
    if entity.name != USER or transaction.actor.unlimited or transaction.judging:
        return
    admins, connection = transaction.model.policy.admin_roles, transaction.connection
    manages = not admins.isdisjoint(grants.roles_now(connection, stored.id))
    if manages and not grants.holds_without(connection, admins, stored.id):
        raise Refused(message_text("people.last_admin"))


def check_line_open(transaction: Transaction, entity: Entity, stored: Stored) -> None:
    """Of a record that is no line item nothing is asked. Raises `Refused`, `RecordNotFound`."""
    if entity.line_of:
        check_open(transaction, entity, stored.row[entity.line_of[1]])


def check_open(transaction: Transaction, entity: Entity, parent: Any) -> None:
    """Line items stay as they are while the field of their record that holds them cannot be changed. Raises `Refused`,
    `RecordNotFound`."""
    owner = transaction.entity(entity.line_of[0]) if entity.line_of else entity
    locks = [field for field in owner.declared if _holds(field, entity) and field.readonly is not None]
    if not locks or transaction.actor.unlimited:
        return
    row, view = transaction.stored(owner, parent).row, transaction.view(owner)
    for field in locks:
        if field.readonly is not None and view.judge(field.readonly, row):
            raise Refused(message_text("value.readonly", label=field.label))


def _holds(field: Field, line: Entity) -> bool:
    return line.line_of is not None and (field.target, field.settings.get("key")) == (line.name, line.line_of[1])


def check_parent(transaction: Transaction, entity: Entity, parent: Any) -> None:
    """A line item is part of its record: it takes the right to change that one. Raises `Refused`, `RecordNotFound`."""
    if transaction.actor.unlimited:
        return
    name = entity.line_of[0] if entity.line_of else ""
    if not isinstance(parent, int) or isinstance(parent, bool):
        raise RecordNotFound
    if not transaction.stored(transaction.entity(name), parent).may_update:
        raise Refused(message_text("refused.update", entity=transaction.entity(name).label))
