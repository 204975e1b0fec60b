"""Undoing an operation: each of its writes is taken back in the name of who asks, unless something changed since."""

from __future__ import annotations

from dataclasses import dataclass

from engine.records.errors import Invalid
from engine.records.operation_run import Batch, OperationRun
from engine.records.refusals import REFUSALS, reasons
from engine.records.reverting import Written, written_in
from engine.records.transaction import UNDO

STEP = 50
"""Writes taken back in one transaction."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Records come back from the bin before links are turned to them again, and those whose unique value was taken
    by another change of the operation once that is taken back."""

    deleted: bool
    last: bool = False


PHASES = (Phase(True), Phase(False), Phase(True, last=True))


class Undoing:
    """The job. `result` keeps the phase it is in and the history row it is behind."""

    source = UNDO

    def run(self, run: OperationRun) -> None:
        undone = run.operation.undo_of
        assert undone is not None
        while (number := int(run.result.get("phase", 0))) < len(PHASES):
            phase, cursor = PHASES[number], run.result.get("cursor")
            if phase.last and not run.result.get("postponed"):
                return
            with run.store.reading() as connection:
                entries = written_in(connection, undone, phase.deleted, cursor, STEP)
            with run.batch() as batch:
                for entry in entries:
                    self._take_back(batch, entry, phase, counted=entry.entity == run.operation.entity)
                batch.position += len(entries)
                batch.result["cursor"] = entries[-1].id if entries else None
                batch.result["phase"] = number if entries else number + 1

    def _take_back(self, batch: Batch, entry: Written, phase: Phase, *, counted: bool) -> None:
        """Line items and what else hangs on the records of the operation is taken back with them, and not counted."""
        postponed = batch.result.get("postponed", [])
        if phase.last and entry.id not in postponed:
            return
        try:
            with batch.write.attempt():
                left = batch.write.revert(entry)
        except REFUSALS as refusal:
            if isinstance(refusal, Invalid) and phase.deleted and not phase.last:
                batch.result["postponed"] = [*postponed, entry.id]
            else:
                batch.refused += counted
                batch.note(reasons(refusal), record_id=entry.record_id, entity=entry.entity)
        else:
            batch.done += counted
            batch.note(left, record_id=entry.record_id, entity=entry.entity)
