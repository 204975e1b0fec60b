"""The published versions of a workspace's blueprint: its text is kept in the database, and the newest one runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select, update

from engine.blueprint import Blueprint
from engine.database.system_tables import blueprint as blueprint_table, workspace as workspace_table

Sources = Mapping[str, str]
"""File name -> text of a whole blueprint, what it extends included."""


@dataclass(frozen=True, slots=True)
class Published:
    id: int
    sources: Sources
    hash: str
    workspace: str
    """The name of the workspace."""


def digest(sources: Sources) -> str:
    """A fingerprint of a blueprint's text."""
    return hashlib.sha256(json.dumps(dict(sources), sort_keys=True).encode()).hexdigest()


def published(connection: Connection) -> Published | None:
    """What runs in this database; None when no workspace was founded in it."""
    if not inspect(connection).has_table(workspace_table.name):
        return None
    columns = (blueprint_table.c.id, blueprint_table.c.source, blueprint_table.c.hash, workspace_table.c.name)
    joined = blueprint_table.join(workspace_table, workspace_table.c.published == blueprint_table.c.id)
    row = connection.execute(select(*columns).select_from(joined)).first()
    return Published(*row) if row else None


def add_version(connection: Connection, version_id: int, sources: Sources, at: datetime, by: int | None = None) -> None:
    values = {"id": version_id, "source": dict(sources), "hash": digest(sources)}
    connection.execute(insert(blueprint_table).values(**values, published_at=at, published_by=by))


def found_workspace(connection: Connection, name: str, version_id: int, blueprint: Blueprint, at: datetime) -> None:
    connection.execute(
        insert(workspace_table).values(
            id=1, name=name, settings={}, created_at=at, published=version_id, **_described(blueprint)
        )
    )


def run_version(connection: Connection, version_id: int, blueprint: Blueprint) -> None:
    """Make a version the one that runs."""
    connection.execute(update(workspace_table).values(published=version_id, **_described(blueprint)))


def _described(blueprint: Blueprint) -> dict[str, object]:
    title = dict(blueprint.title.by_language)
    return {"blueprint_id": blueprint.id, "blueprint_version": blueprint.version, "blueprint_title": title}
