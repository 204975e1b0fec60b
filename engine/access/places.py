"""Where people sign in from: a network and a browser, remembered as a digest."""

from __future__ import annotations

import ipaddress
from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.access.devices import device_name
from engine.access.tokens import digest
from engine.database.entry_tables import known_place


def is_new_place(connection: Connection, user_id: int, address: str, user_agent: str, now: datetime) -> bool:
    """Whether the person never came from there before; it is known from now on. Their first place is no news."""
    place = digest(f"{user_id} {_network(address)} {device_name(user_agent)}")
    statement = select(known_place.c.place).where(known_place.c.user_id == user_id)
    known = set(connection.execute(statement).scalars())
    if place in known:
        return False
    connection.execute(insert(known_place).values(user_id=user_id, place=place, at=now))
    return bool(known)


def _network(address: str) -> str:
    """The neighbourhood of an address: providers give people another one of the same every day."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))
