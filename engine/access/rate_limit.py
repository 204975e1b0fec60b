"""How often a login may fail, counted in the database so that it holds across processes and restarts."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select, text

from engine.access.tokens import digest
from engine.clock import Clock
from engine.database.identifiers import Identifiers
from engine.database.system_tables import login_failure

PER_ACCOUNT = 5
PER_ADDRESS = 30
WINDOW = timedelta(minutes=15)
_LOCK = 7_270_512


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login that was let in to be tried; it counts as failed until `succeeded` is told."""

    account_key: str
    address_row: int
    last: bool = False
    """Whether no other one is let in when it fails."""


class LoginLimit:
    """An attempt is counted before the password is compared, so attempts made at once cannot slip past the limit.
    Accounts are counted by what was typed, whether or not such a user exists."""

    def __init__(self, identifiers: Identifiers, clock: Clock) -> None:
        self._identifiers = identifiers
        self._clock = clock

    def admit(self, connection: Connection, account: str, address: str, what: str = "") -> Attempt | None:
        """Count one attempt; None when the account or the address has failed too often in the last 15 minutes.
        Attempts at something else than a login, told by `what`, are counted apart."""
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        now = self._clock.now()
        account_key = digest(f"{what}account:{account.strip().casefold()}")
        address_key = digest(f"{what}address:{_network(address)}")
        connection.execute(delete(login_failure).where(login_failure.c.at <= now - WINDOW))
        statement = select(login_failure.c.key, func.count()).group_by(login_failure.c.key)
        statement = statement.where(login_failure.c.key.in_((account_key, address_key)))
        counts = {row[0]: row[1] for row in connection.execute(statement)}
        if counts.get(account_key, 0) >= PER_ACCOUNT or counts.get(address_key, 0) >= PER_ADDRESS:
            return None
        last = counts.get(account_key, 0) + 1 >= PER_ACCOUNT or counts.get(address_key, 0) + 1 >= PER_ADDRESS
        attempt = Attempt(account_key, self._identifiers.next(), last)
        rows = [
            {"id": attempt.address_row, "key": address_key, "at": now},
            {"id": self._identifiers.next(), "key": account_key, "at": now},
        ]
        connection.execute(insert(login_failure), rows)
        return attempt

    def succeeded(self, connection: Connection, attempt: Attempt) -> None:
        """Forget the account's failures and this attempt of the address."""
        own = or_(login_failure.c.key == attempt.account_key, login_failure.c.id == attempt.address_row)
        connection.execute(delete(login_failure).where(own))


def _network(address: str) -> str:
    """An IPv6 address counts with its /64, which one subscriber has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))
