"""New users: the record, the roles and the password in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.access import grants
from engine.access.credentials import Credentials
from engine.records.writing import Write


def write_user(
    write: Write, credentials: Credentials, values: Mapping[str, Any], roles: Iterable[str], hashed: str | None
) -> int:
    """The id of the new user, in the caller's transaction. `hashed` comes from `Credentials.hash`, which is slow and
    stays outside transactions; without one they set a password with a link. Raises `Refused`, `Invalid`."""
    user_id = write.create("user", {**values, "active": True})
    grants.set_roles(write.connection, user_id, roles)
    if hashed is not None:
        credentials.store(write.connection, user_id, hashed)
    return user_id
