"""The people of the tests, and the table they are kept in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, MetaData, Table, Text

from engine.schema.columns import UtcDateTime

ADA, BEN, EVE = 1, 2, 3
PASSWORD = "correct horse battery"
users = Table(
    "e_user",
    MetaData(),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text),
    Column("email", Text),
    Column("active", Boolean),
    Column("deleted_at", UtcDateTime),
)
