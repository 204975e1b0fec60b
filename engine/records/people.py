"""New users: the record, the roles and the password in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.access import grants
from engine.access.actor import Actor
from engine.access.credentials import Credentials
from engine.records.store import Store
from engine.records.writing import Write


def add_user(
    store: Store,
    credentials: Credentials,
    actor: Actor,
    values: Mapping[str, Any],
    roles: Iterable[str],
    hashed: str,
    source: str = "ui",
) -> int:
    """The id of the new user. `hashed` comes from `Credentials.hash`, which is slow and stays outside transactions.
    Raises `Refused`, `Invalid`."""
    with store.begin(actor, source) as write:
        return write_user(write, credentials, values, roles, hashed)


def write_user(
    write: Write, credentials: Credentials, values: Mapping[str, Any], roles: Iterable[str], hashed: str
) -> int:
    """The same in a transaction of the caller's."""
    user_id = write.create("user", {**values, "active": True})
    grants.set_roles(write.connection, user_id, roles)
    credentials.store(write.connection, user_id, hashed)
    return user_id
