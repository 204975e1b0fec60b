"""Computed values that are not right are found, told and repaired."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress

from engine.access.actor import ENGINE
from engine.records.recomputing import Found, steps_of
from engine.records.store import Store
from engine.records.writing import Write
from engine.schema.computed_order import Place, Step

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


class _Undone(Exception):
    """Takes back what a dry run wrote: only from right values can it be told which of those that follow are wrong."""


def recompute(
    store: Store, wanted: Collection[Place] | None = None, dry: bool = False, progress: Progress = lambda *_: None
) -> Mapping[Place, Found]:
    """Work out the wanted fields, else all, and what is made of them; what was wrong by field. Values are right by
    then, page by page in transactions of their own; a `dry` run takes back everything at its end."""
    steps = steps_of(store.model.plan, wanted)
    found = {(step.entity, field.name): Found(0, []) for step in steps for field in step.fields}
    if dry:
        with suppress(_Undone), store.begin(ENGINE, "cli") as write:
            _work_out(steps, found, lambda: nullcontext(write), progress)
            raise _Undone
    else:
        _work_out(steps, found, lambda: store.begin(ENGINE, "cli"), progress)
    return found


def _work_out(
    steps: Sequence[Step],
    found: Mapping[Place, Found],
    begin: Callable[[], AbstractContextManager[Write]],
    progress: Progress,
) -> None:
    for number, step in enumerate(steps):
        last: int | None = 0
        while last is not None:
            with begin() as write:
                last = write.work_out(step, last, found)
        progress(number + 1, len(steps))
