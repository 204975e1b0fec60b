"""What is done to many records at once: each goes through the gateway by itself, under all of its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.locale.catalogue import message_text
from engine.records.errors import Refused
from engine.records.operation_run import OperationRun
from engine.records.operations import Operations
from engine.records.writing import Write
from engine.schema.model import Entity

STEP = 50
"""Records one write transaction takes on."""
ASSIGN = "bulk_assign"
KINDS = ("bulk_edit", ASSIGN, "bulk_move", "bulk_tag", "bulk_untag", "bulk_delete")


def parts(ids: Sequence[int]) -> list[list[str]]:
    """The ids as an operation keeps them."""
    return [[str(each) for each in ids[start : start + STEP]] for start in range(0, len(ids), STEP)]


@dataclass(slots=True)
class Bulk:
    """The job of every kind in `KINDS`. `settings["values"]` are the new values by field, as JSON has them; of a move
    all but the stage are written only where a record has none; those of tags are added or taken away."""

    operations: Operations
    source: str = "bulk"

    def run(self, run: OperationRun) -> None:
        entity = run.store.model.entities[run.operation.entity]
        act = ACTS[run.operation.kind]
        allowed = run.store.model.policy.may_bulk(run.actor, entity.name)
        while (part := self.operations.part(run.operation.id, run.position)) is not None:
            with run.batch() as batch:
                for record in map(int, part):
                    with batch.attempt(record_id=record):
                        if not allowed:
                            raise Refused(message_text("refused.bulk", entity=entity.plural))
                        act(batch.write, entity, record, run.operation.settings.get("values", {}))
                batch.position += 1
        owner = run.operation.settings.get("values", {}).get("owner") if run.operation.kind == ASSIGN else None
        if owner is not None:
            with run.batch() as batch:
                batch.write.tell_assigned(entity.name, int(owner), run.operation.id)


Act = Callable[[Write, Entity, int, Mapping[str, Any]], object]


def _change(write: Write, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    write.change(entity.name, record, values)


def _move(write: Write, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    row, stage = write.stored(entity.name, record), entity.stage_field
    wanted = {name: value for name, value in values.items() if entity.fields[name] == stage or row[name] is None}
    write.change(entity.name, record, wanted)


def _tag(write: Write, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    row = write.stored(entity.name, record)
    write.change(entity.name, record, {name: [*(row[name] or ()), *added] for name, added in values.items()})


def _untag(write: Write, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    row = write.stored(entity.name, record)
    gone = {name: set(map(str.casefold, words)) for name, words in values.items()}
    kept = {name: [word for word in row[name] or () if word.casefold() not in gone[name]] for name in values}
    write.change(entity.name, record, {name: words or None for name, words in kept.items()})


def _delete(write: Write, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    write.delete(entity.name, record)


ACTS: Mapping[str, Act] = dict(zip(KINDS, (_change, _change, _move, _tag, _untag, _delete), strict=True))
