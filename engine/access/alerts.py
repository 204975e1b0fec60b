"""What administrators are told of at once: an entry of the audit that stands in their inbox too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Boolean, Connection, column, insert, select, table

from engine.access.audit import ITSELF, Audit, Kind, Origin, Record
from engine.clock import Clock
from engine.database.identifiers import Identifiers
from engine.database.system_tables import grant, notification

MANY_EXPORTED = 1000
"""Records of one export that administrators are told of."""
_user = table("e_user", column("id"), column("active", Boolean), column("deleted_at"))


class Alerts:
    def __init__(self, ids: Identifiers, clock: Clock, audit: Audit, admin_roles: Callable[[], Iterable[str]]) -> None:
        self._ids, self._clock, self.audit, self._admin_roles = ids, clock, audit, admin_roles

    def ring(
        self,
        connection: Connection,
        kind: Kind,
        actor_id: int | None,
        origin: Origin = ITSELF,
        about: Record | None = None,
        also: Iterable[int] = (),
        **details: Any,
    ) -> None:
        """Write it down as `Audit.note` does and tell every administrator, and these users too."""
        entry = self.audit.note(connection, kind, actor_id, origin, about, **details)
        now = self._clock.now()
        people = dict.fromkeys([*self._admins(connection), *also])
        rows = [
            {
                "id": self._ids.next(),
                "user_id": user_id,
                "kind": "assigned",
                "entity": "",
                "record_id": entry,
                "audit_id": entry,
                "at": now,
            }
            for user_id in people
        ]
        if rows:
            connection.execute(insert(notification), rows)

    def _admins(self, connection: Connection) -> list[int]:
        active = (_user.c.active.is_(True), _user.c.deleted_at.is_(None))
        statement = select(grant.c.user_id).distinct().join(_user, _user.c.id == grant.c.user_id)
        return list(connection.execute(statement.where(grant.c.role.in_(list(self._admin_roles())), *active)).scalars())
