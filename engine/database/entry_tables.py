"""How people come in beside a password: links that open the workspace once."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, Text

from engine.database.system_tables import metadata
from engine.schema.columns import UtcDateTime

entry_link = Table(
    "sys_entry_link",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the token in the link"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", BigInteger, comment="empty where the person asked for it"),
    Column("expires_at", UtcDateTime, nullable=False),
    CheckConstraint("purpose IN ('invite', 'reset')", name="purpose"),
    Index(None, "digest", unique=True),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

second_factor = Table(
    "sys_second_factor",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False, comment="encrypted with a key made of the workspace's signing secret"),
    Column("since", UtcDateTime, comment="empty until the person proved that their app has it"),
    Column("last_step", BigInteger, comment="the 30 seconds of the last code that was taken: none is taken twice"),
)

recovery_code = Table(
    "sys_recovery_code",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), primary_key=True, comment="HMAC-SHA-256 of the code; the row goes when it is used"),
)

known_place = Table(
    "sys_known_place",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", String(64), primary_key=True, comment="SHA-256 of the network and the browser"),
    Column("at", UtcDateTime, nullable=False, comment="when the person first came from there"),
)
