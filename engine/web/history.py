"""The writes of a record as people read them: who changed what from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.forms.columns import is_lines
from engine.forms.contexts import Change, HistoryEntry
from engine.forms.contexts.records import What
from engine.forms.file_items import file_item
from engine.forms.values import text_of
from engine.records.history import Entry
from engine.records.merged import titles_in_bin
from engine.records.model import Record
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.titles import titles_of

Titles = dict[tuple[str, int], str]
NOBODY: Mapping[int, str] = {}
TOGETHER = timedelta(minutes=10)
"""Edits of one person within this time are told as one."""


def history_entries(
    desk: Desk, entity: Entity, record_id: int, entries: Sequence[Entry], held: frozenset[int] = frozenset()
) -> tuple[HistoryEntry, ...]:
    """`held` are the files that can be opened: those the record still has."""
    titles = link_titles(desk, entity, entries)
    merged = merged_titles(desk, entity, record_id, entries)
    return tuple(history_entry(desk, entity, entry, titles, held, merged) for entry in entries)


def merged_titles(desk: Desk, entity: Entity, record_id: int, entries: Iterable[Entry]) -> Mapping[int, str]:
    """Titles of the records that were merged into this one and whose writes are among these."""
    others = sorted({entry.record_id for entry in entries} - {record_id, 0})
    return titles_in_bin(desk.store, desk.actor, entity.name, others)


def link_titles(desk: Desk, entity: Entity, entries: Iterable[Entry]) -> Titles:
    """Titles of the records that links pointed at, as far as the actor may read them; one statement per entity."""
    pairs = [
        (entity.fields[name], value) for entry in entries for name, pair in entry.changes.items() for value in pair
    ]
    return titles_of(desk, [reference for field, value in pairs for reference in field.references(value)])


def held_files(record: Record) -> frozenset[int]:
    """The ids of the files in the fields of a record."""
    fields = [field for field in record.entity.declared if field.type.holds_files]
    return frozenset(file.id for field in fields for file in field.type.files(record.row.get(field.name)))


def history_entry(
    desk: Desk,
    entity: Entity,
    entry: Entry,
    titles: Titles,
    held: frozenset[int],
    merged: Mapping[int, str] = NOBODY,
) -> HistoryEntry:
    changes = tuple(_change(desk, entity.fields[name], pair, titles, held) for name, pair in entry.changes.items())
    return HistoryEntry(
        what=_what(entity, entry, changes),
        who=entry.actor or desk.say("record.engine"),
        when=desk.formats.ago(entry.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(entry.at),
        source=_source(desk, entry, merged),
        changes=changes,
    )


def _what(entity: Entity, entry: Entry, changes: Sequence[Change]) -> What:
    if entry.kind != "updated":
        return entry.kind
    if any("pipeline" in entity.fields[name].settings for name in entry.changes):
        return "moved"
    return "attached" if changes and all(change.files for change in changes) else "updated"


def _source(desk: Desk, entry: Entry, merged: Mapping[int, str]) -> str:
    """Where it was written, and about which record where that one was merged into the record of the page."""
    found = "" if entry.source == "ui" else desk.say(f"source.{entry.source}")
    if entry.record_id not in merged:
        return found
    return " · ".join(filter(None, (desk.say("merge.of", title=merged[entry.record_id]), found)))


def folded(newest_first: Iterable[Entry]) -> Iterator[Entry]:
    """Writes that follow each other as one, where one person made them from one place within minutes: each field
    from its first to its last value, and nothing of what was taken back."""
    kept: Entry | None = None
    for entry in newest_first:
        if kept is None or not _belong_together(kept, entry):
            if kept is not None:
                yield kept
            kept = entry
            continue
        kept = replace(kept, changes=_joined(entry, kept))
    if kept is not None:
        yield kept


def _belong_together(newer: Entry, older: Entry) -> bool:
    same = _written(newer) == _written(older)
    return same and newer.operation == older.operation and newer.kind == "updated" and newer.at - older.at <= TOGETHER


def _written(entry: Entry) -> tuple[int | None, str, str, int]:
    return entry.actor_id, entry.source, entry.kind, entry.record_id


def _joined(older: Entry, newer: Entry) -> dict[str, tuple[Any, Any]]:
    pairs = {**older.changes}
    for name, (before, after) in newer.changes.items():
        pairs[name] = (pairs[name][0] if name in pairs else before, after)
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _change(desk: Desk, field: Field, pair: tuple[Any, Any], titles: Titles, held: frozenset[int]) -> Change:
    if is_lines(field):
        return Change(desk.text(field.label), "", desk.say("record.links_moved"))
    if field.type.sealed:
        return Change(desk.text(field.label), "", desk.say("record.secret_changed"))
    if field.type.kept_apart:
        return Change(desk.text(field.label), "", _linked(desk, field, pair, titles))
    if field.type.holds_files:
        return _attached(desk, field, pair, held)
    before, after = (text_of(field, value, desk.formats, titles, "–") for value in pair)
    return Change(desk.text(field.label), before, after)


def _attached(desk: Desk, field: Field, pair: tuple[Any, Any], held: frozenset[int]) -> Change:
    """The files that came, with a link to those still there, and the names of those that went."""
    before, after = (field.type.files(value) for value in pair)
    came, went = ([file for file in one if file not in other] for one, other in ((after, before), (before, after)))
    names = ", ".join(file.name for file in came if file.id not in held)
    links = tuple(file_item(file, desk.formats) for file in came if file.id in held)
    return Change(desk.text(field.label), ", ".join(file.name for file in went), names, links)


def _linked(desk: Desk, field: Field, pair: tuple[Any, Any], titles: Titles) -> str:
    """Which records were added and which were taken away."""
    before, after = (field.references(value) for value in pair)
    changes = {
        "added": [one for one in after if one not in before],
        "removed": [one for one in before if one not in after],
    }
    said = [
        desk.say(f"record.links_{what}", titles=", ".join(titles.get(reference, "–") for reference in found))
        for what, found in changes.items()
        if found
    ]
    return " ".join(said) or desk.say("record.links_moved")
