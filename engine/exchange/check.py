"""A dry run of an import: what would become of every row, and what stands against those that would be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field as default, fields, replace
from itertools import islice
from typing import Any, Literal

from engine.access.actor import Actor
from engine.exchange.file_rows import Fault, FaultKind, FileRow, is_late
from engine.exchange.importer import BATCH, Importer
from engine.exchange.sheet import Row, Sheet
from engine.locale.text import Text
from engine.records.store import Store

LISTED = 5000
"""Refusals that are kept; more are counted."""
SHOWN = 200
"""Refusals that are kept with their row."""
SAMPLES = 100
"""Rows of each outcome that are kept."""
EXAMPLES = 8
"""Different texts of a group that are kept."""
Progress = Callable[[int], None]
Outcome = Literal["create", "update", "skip", "warn"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell, or a row as a whole (no position), that keeps a row out. `cells` is the row as it is in the file."""

    line: int
    position: int | None
    field: str
    text: str
    reason: Text
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A row that is not left out, as it is in the file; one that goes in with warnings is kept as `warn`, too."""

    outcome: Outcome
    line: int
    cells: tuple[str, ...]
    said: tuple[tuple[str, Text], ...] = ()
    """(field, sentence) of its warnings."""


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """Faults of one kind and field with the same sentence, or the same one but for the text it names."""

    kind: FaultKind
    field: str
    position: int | None
    reason: Text
    warning: bool = False
    count: int = 0
    texts: Mapping[str, int] = default(default_factory=dict)
    """The first different texts, with how many rows have each."""

    @property
    def key(self) -> tuple[Any, ...]:
        """Faults with the same key are one group."""
        same = self.reason if self.kind in ("value", "rule", "required", "row") else None
        return self.kind, self.field, same, self.warning


@dataclass(frozen=True, slots=True)
class Check:
    """`refused` rows are left out; `warnings` rows go in though something of them is left empty."""

    create: int = 0
    update: int = 0
    skip: int = 0
    refused: int = 0
    warnings: int = 0
    groups: tuple[FaultGroup, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    new_records: Mapping[str, int] = default(default_factory=dict)
    """Entity -> linked records that would be made."""
    samples: tuple[Sample, ...] = ()
    """The first rows of each outcome, by line."""

    @property
    def going(self) -> int:
        return self.create + self.update

    def to_json(self) -> dict[str, Any]:
        kept = asdict(self)
        for each in (*kept["groups"], *kept["refusals"]):
            each["reason"] = dict(each["reason"]["by_language"])
        for each in kept["samples"]:
            each["said"] = [(field, dict(reason["by_language"])) for field, reason in each["said"]]
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Check:
        lists = ("groups", "refusals", "samples")
        plain = {item.name: kept[item.name] for item in fields(cls) if item.name not in lists}
        names = {item.name for item in fields(FaultGroup)}
        groups = tuple(
            FaultGroup(
                **{name: value for name, value in each.items() if name in names} | {"reason": Text.of(each["reason"])}
            )
            for each in kept["groups"]
        )
        refusals = tuple(
            Refusal(**{**each, "reason": Text.of(each["reason"]), "cells": tuple(each["cells"])})
            for each in kept["refusals"]
        )
        samples = tuple(
            Sample(
                each["outcome"],
                each["line"],
                tuple(each["cells"]),
                tuple((field, Text.of(reason)) for field, reason in each["said"]),
            )
            for each in kept.get("samples", ())
        )
        return cls(**plain, groups=groups, refusals=refusals, samples=samples)


def check(
    store: Store, actor: Actor, importer: Importer, sheet: Sheet, progress: Progress = lambda done: None
) -> Check:
    """Judge every row; nothing is written. `progress` hears how many rows are done. Raises `UnreadableFile`."""
    count = _Counting(importer)
    done = 0
    for part in in_parts(sheet.rows()):
        count.add(_rows(store, actor, importer, part), last=False)
        done += len(part)
        progress(done)
    while count.late:
        part, count.late = count.late, []
        before = len(part)
        for rows in in_parts(part):
            count.add(_rows(store, actor, importer, rows), last=False)
        if len(count.late) == before:
            count.add(_rows(store, actor, importer, count.late), last=True)
            break
    return count.check()


def judged(store: Store, actor: Actor, importer: Importer, rows: Sequence[Row]) -> Check:
    """What these rows come to, whatever a later row may bring."""
    count = _Counting(importer)
    count.add(_rows(store, actor, importer, rows), last=True)
    return count.check()


def line_of(row: Refusal | Sample) -> int:
    return row.line


def in_parts(rows: Iterable[Row], size: int = BATCH) -> Iterable[list[Row]]:
    """Lists of at most `size` rows."""
    left = iter(rows)
    while part := list(islice(left, size)):
        yield part


def _rows(store: Store, actor: Actor, importer: Importer, rows: Sequence[Row]) -> list[FileRow]:
    with store.judging(actor, "import") as write:
        return importer.check(write, rows)


class _Counting:
    """What has been found so far. Rows that name a record which a later row may bring are put off in `late`."""

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self.late: list[Row] = []
        self._counts = {"create": 0, "update": 0, "skip": 0, "refuse": 0}
        self._warned = 0
        self._groups: dict[tuple[Any, ...], FaultGroup] = {}
        self._refusals: list[Refusal] = []
        self._samples: dict[Outcome, list[Sample]] = {"create": [], "update": [], "skip": [], "warn": []}

    def add(self, rows: Iterable[FileRow], last: bool) -> None:
        for row in rows:
            if not last and is_late(row, self._importer.entity, self._importer.plan):
                self.late.append(row.row)
                continue
            self._counts[row.action] += 1
            self._warned += bool(row.warnings) and row.action != "refuse"
            for fault in row.faults:
                self._group(fault, warning=False)
            for fault in row.warnings if row.action != "refuse" else ():
                self._group(fault, warning=True)
            if row.action == "refuse":
                self._list(row)
            else:
                self._keep(row, row.action)
            if row.action in ("create", "update"):
                self._importer.reader.will_be(row.row)

    def check(self) -> Check:
        made: dict[str, int] = {}
        for (entity, _), reason in self._importer.to_make.items():
            made[entity] = made.get(entity, 0) + (reason is None)
        groups = sorted(self._groups.values(), key=lambda each: (each.warning, -each.count))
        counts = self._counts
        return Check(
            counts["create"],
            counts["update"],
            counts["skip"],
            counts["refuse"],
            self._warned,
            tuple(groups),
            tuple(sorted(self._refusals, key=line_of)),
            {entity: count for entity, count in made.items() if count},
            tuple(sample for samples in self._samples.values() for sample in sorted(samples, key=line_of)),
        )

    def _group(self, fault: Fault, warning: bool) -> None:
        one = FaultGroup(fault.kind, fault.field, fault.position, fault.reason, warning)
        group = self._groups.get(one.key, one)
        texts = dict(group.texts)
        if fault.text and (fault.text in texts or len(texts) < EXAMPLES):
            texts[fault.text] = texts.get(fault.text, 0) + 1
        self._groups[one.key] = replace(group, count=group.count + 1, texts=texts)

    def _keep(self, row: FileRow, outcome: Outcome) -> None:
        if len(self._samples[outcome]) < SAMPLES:
            said = tuple((fault.field, fault.reason) for fault in row.warnings)
            self._samples[outcome].append(Sample(outcome, row.line, tuple(self._importer.reader.texts(row.row)), said))
        if row.warnings and outcome != "warn":
            self._keep(row, "warn")

    def _list(self, row: FileRow) -> None:
        if len(self._refusals) >= LISTED:
            return
        cells = tuple(self._importer.reader.texts(row.row)) if len(self._refusals) < SHOWN else ()
        for fault in row.faults:
            self._refusals.append(Refusal(row.line, fault.position, fault.field, fault.text, fault.reason, cells))
