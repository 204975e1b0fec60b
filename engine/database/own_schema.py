"""PostgreSQL: a schema that nobody else uses, for as long as it is needed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url

from engine.database.connection import Database


@contextmanager
def own_schema(url: str) -> Iterator[str]:
    """The address of a fresh schema in the database at `url`; it is dropped with all it holds. Raises
    `DatabaseUnavailable`."""
    name = f"crm_test_{secrets.token_hex(6)}"
    server = Database(url)
    try:
        with server.write() as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
        try:
            found = make_url(url)
            options = f"{found.query.get('options', '')} -csearch_path={name}".strip()
            yield found.update_query_dict({"options": options}).render_as_string(hide_password=False)
        finally:
            with server.write() as connection:
                connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')
    finally:
        server.close()
