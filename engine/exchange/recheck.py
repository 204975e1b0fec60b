"""A dry run again after a cell was mended: of every row when they are few, else of those that it may be about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.access.actor import Actor
from engine.exchange.check import SAMPLES, SHOWN, Check, FaultGroup, Sample, check, judged, line_of
from engine.exchange.importer import Importer
from engine.exchange.sheet import Row, Sheet
from engine.records.store import Store

WHOLE = 1000
"""Rows that are all judged again."""


def recheck(
    store: Store, actor: Actor, importers: tuple[Importer, Importer], sheets: tuple[Sheet, Sheet], line: int, old: Check
) -> Check:
    """The outcome once a cell of `line` is mended; importers and sheets are those before and after it. In a large file
    the first refused rows are judged again with the row itself, the others are taken as they were.
    Raises `UnreadableFile`."""
    if sheets[1].count() <= WHOLE:
        return check(store, actor, importers[1], sheets[1])
    lines = {line, *list(dict.fromkeys(refusal.line for refusal in old.refusals))[:SHOWN]}
    before, after = (_part(store, actor, *pair, lines) for pair in zip(importers, sheets, strict=True))
    return _exchanged(old, before, after, lines)


def _part(store: Store, actor: Actor, importer: Importer, sheet: Sheet, lines: set[int]) -> Check:
    """What some of the rows come to, among all the others."""
    rows: list[Row] = []
    for row in sheet.rows():
        if row.line in lines:
            rows.append(row)
        elif importer.plan.key:
            importer.remember([row])
    return judged(store, actor, importer, rows)


def _exchanged(old: Check, before: Check, after: Check, lines: set[int]) -> Check:
    """`old` with `after` in the place of `before`."""
    counts = {
        name: max(0, getattr(old, name) - getattr(before, name) + getattr(after, name))
        for name in ("create", "update", "skip", "refused", "warnings")
    }
    others = [refusal for refusal in old.refusals if refusal.line not in lines]
    refusals = sorted((*others, *after.refusals), key=line_of)
    made = {name: _less(old, before, after, name) for name in {**old.new_records, **after.new_records}}
    return Check(
        **counts,
        groups=_groups(old.groups, before.groups, after.groups),
        refusals=tuple(refusals),
        new_records={name: count for name, count in made.items() if count > 0},
        samples=tuple(_samples(old, after, lines)),
    )


def _samples(old: Check, after: Check, lines: set[int]) -> Iterator[Sample]:
    samples = sorted((*(sample for sample in old.samples if sample.line not in lines), *after.samples), key=line_of)
    for outcome in dict.fromkeys(sample.outcome for sample in samples):
        yield from [sample for sample in samples if sample.outcome == outcome][:SAMPLES]


def _less(old: Check, before: Check, after: Check, name: str) -> int:
    return old.new_records.get(name, 0) - before.new_records.get(name, 0) + after.new_records.get(name, 0)


def _groups(
    old: Sequence[FaultGroup], before: Sequence[FaultGroup], after: Sequence[FaultGroup]
) -> tuple[FaultGroup, ...]:
    found: dict[Any, FaultGroup] = {group.key: group for group in (*after, *old)}
    counts: dict[Any, int] = dict.fromkeys(found, 0)
    texts: dict[Any, dict[str, int]] = {key: {} for key in found}
    for groups, sign in ((old, 1), (before, -1), (after, 1)):
        for group in groups:
            if group.key in counts:
                counts[group.key] += sign * group.count
                _add(texts[group.key], group.texts, sign)
    made = [
        replace(group, count=counts[key], texts={text: n for text, n in texts[key].items() if n > 0})
        for key, group in found.items()
        if counts[key] > 0
    ]
    return tuple(sorted(made, key=lambda each: (each.warning, -each.count)))


def _add(counts: dict[str, int], texts: Mapping[str, int], sign: int) -> None:
    for text, count in texts.items():
        counts[text] = counts.get(text, 0) + sign * count
