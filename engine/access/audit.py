"""The record of what somebody answers for: coming in, rights, what leaves and enters the workspace.

It is written in the transaction of the act, so neither is there without the other, and never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast, get_args

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from engine.clock import Clock
from engine.database.audit_tables import audit
from engine.database.identifiers import Identifiers

Kind = Literal[
    "signed_in",
    "sign_in_failed",
    "signed_out",
    "session_ended",
    "password_set",
    "user_added",
    "invited",
    "reset_asked",
    "many_failures",
    "mass_export",
    "new_place",
    "second_factor_on",
    "second_factor_off",
    "handed_over",
    "mail_failed",
    "user_activated",
    "user_deactivated",
    "roles_changed",
    "token_made",
    "token_revoked",
    "exported",
    "imported",
    "revealed",
    "viewed_as",
    "audit_exported",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Way = Literal["web", "api", "cli", "engine"]
Record = tuple[str, int | None]
"""(entity, id); no id for many records of the entity."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from."""

    way: Way = "engine"
    address: str = ""
    user_agent: str = ""


ITSELF = Origin()
CLI = Origin("cli")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: int
    at: datetime
    kind: Kind
    actor_id: int | None
    entity: str | None
    record_id: int | None
    origin: Origin
    details: Mapping[str, Any]

    @property
    def key(self) -> tuple[datetime, int]:
        """Its place in the order of pages."""
        return self.at, self.id


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """Which entries: of a person (what they did and what was done to them), of a kind, since a moment."""

    user_id: int | None = None
    kind: str = ""
    since: datetime | None = None


class Audit:
    def __init__(self, ids: Identifiers, clock: Clock) -> None:
        self._ids, self._clock = ids, clock

    def note(
        self,
        connection: Connection,
        kind: Kind,
        actor_id: int | None,
        origin: Origin = ITSELF,
        about: Record | None = None,
        **details: Any,
    ) -> int:
        """Write down that `actor_id` did this, in the caller's transaction; the entry's id.

        `about` is the record it was done to, ("user", id) for a person; `details` are JSON values the sentences of
        the page have slots for (`audit.said.<kind>` in the catalogue), never a secret: for `revealed` give `field`
        and `reason`, for `viewed_as` give `role` or a user in `about`."""
        entity, record_id = about or (None, None)
        row = {
            "id": self._ids.next(),
            "at": self._clock.now(),
            "kind": kind,
            "actor_id": actor_id,
            "entity": entity,
            "record_id": record_id,
            "way": origin.way,
            "address": _plain(origin.address, 64),
            "user_agent": _plain(origin.user_agent, 400),
            "details": details,
        }
        connection.execute(insert(audit).values(row))
        return cast(int, row["id"])

    def page(
        self, connection: Connection, asked: AuditAsked, limit: int, after: tuple[datetime, int] | None = None
    ) -> tuple[list[AuditEntry], bool]:
        """The newest entries behind `after`, and whether there are more."""
        statement = select(audit).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit + 1)
        statement = statement.where(*_conditions(asked))
        if after is not None:
            at, entry_id = after
            statement = statement.where((audit.c.at < at) | ((audit.c.at == at) & (audit.c.id < entry_id)))
        found = [_entry(row) for row in connection.execute(statement).mappings()]
        return found[:limit], len(found) > limit

    def some(self, connection: Connection, ids: Sequence[int]) -> list[AuditEntry]:
        """These entries, as far as they are kept."""
        statement = select(audit).where(audit.c.id.in_(ids))
        return [_entry(row) for row in connection.execute(statement).mappings()]

    def forget(self, connection: Connection, before: datetime) -> None:
        """Entries of long ago are kept no longer."""
        connection.execute(delete(audit).where(audit.c.at < before))


def _conditions(asked: AuditAsked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.user_id is not None:
        done_to = (audit.c.entity == "user") & (audit.c.record_id == asked.user_id)
        found.append((audit.c.actor_id == asked.user_id) | done_to)
    if asked.kind:
        found.append(audit.c.kind == asked.kind)
    if asked.since is not None:
        found.append(audit.c.at >= asked.since)
    return found


def _entry(row: Mapping[Any, Any]) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        actor_id=row["actor_id"],
        entity=row["entity"],
        record_id=row["record_id"],
        origin=Origin(row["way"], row["address"], row["user_agent"]),
        details=row["details"],
    )


def _plain(text: str, most: int) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:most]
