"""A merge as an operation that is done at once, so that it can be undone as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from engine.access.actor import Actor
from engine.database.connection import Database
from engine.records.merge_choice import Choices
from engine.records.operations import Operations
from engine.records.store import Store

KIND = "merge"


def merge(
    database: Database,
    operations: Operations,
    store: Store,
    actor: Actor,
    entity: str,
    survivor: int,
    others: Sequence[int],
    choices: Choices,
) -> int:
    """The id of the operation. Raises as `Write.merge`; then there is none."""
    settings = {"survivor": str(survivor), "others": [str(other) for other in others]}
    with database.write() as connection:
        operation = operations.start(actor, KIND, entity, settings, total=1 + len(others), connection=connection)
        store.writing(connection, actor, KIND, operation).merge(entity, survivor, others, choices)
        operations.finish(connection, operation, 1 + len(others), {})
    return operation
