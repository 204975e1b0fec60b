"""The tiles of the home page, for the person who looks at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.forms import contexts
from engine.forms.marks import person_mark, record_mark
from engine.forms.model import Column, Tile, TileRecords, may_see
from engine.forms.values import value_of
from engine.records import inbox
from engine.records.model import Row
from engine.records.query import PageRequest
from engine.records.shelf import Kept
from engine.records.totals import Aggregate
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.notices import notice_rows
from engine.web.tasks import my_open_tasks, task_shapes

COUNT_LIMIT = 1000
ROUNDED_FROM = 1000
"""Sums as large as this are shown without cents."""
ICONS = {"tasks": "square-check", "recent": "history", "starred": "star", "inbox": "inbox"}


@dataclass(frozen=True)
class Numbers:
    """The tiles that count: how many records, up to `COUNT_LIMIT` where nothing is added up."""

    counts: Mapping[int, int]
    sums: Mapping[int, Aggregate]

    @classmethod
    def read(cls, desk: Desk, tiles: Sequence[Tile]) -> Numbers:
        """One statement for all counts, and one for each sum."""
        counted = {n: t.records for n, t in enumerate(tiles) if t.records and t.kind == "count"}
        plain = {number: records.query for number, records in counted.items() if records.sum is None}
        counts = desk.store.counts(desk.actor, list(plain.values()), COUNT_LIMIT)
        sums = {
            number: desk.store.aggregate(desk.actor, records.query, sums=(records.sum.name,))
            for number, records in counted.items()
            if records.sum
        }
        return cls(dict(zip(plain, counts, strict=True)), sums)


def shown_tiles(desk: Desk) -> tuple[contexts.Tile, ...]:
    tiles = [tile for tile in desk.workspace.blueprint.screens.home if _may_see(desk, tile)]
    numbers = Numbers.read(desk, tiles)
    return tuple(_tile(desk, tile, number, numbers) for number, tile in enumerate(tiles))


def _may_see(desk: Desk, tile: Tile) -> bool:
    if tile.for_roles and not desk.actor.roles & set(tile.for_roles):
        return False
    if tile.kind == "tasks":
        return bool(task_shapes(desk))
    if tile.records is None:
        return True
    views = desk.workspace.blueprint.screens.views[tile.records.entity]
    view = views[tile.records.view] if tile.records.view else None
    return desk.workspace.policy.may_open(desk.actor, tile.records.entity) and (
        view is None or may_see(view, desk.actor.roles)
    )


def _tile(desk: Desk, tile: Tile, number: int, numbers: Numbers) -> contexts.Tile:
    if tile.records is None:
        return _own(desk, tile, number)
    entity = desk.workspace.blueprint.entities[tile.records.entity]
    label = desk.text(tile.label) if tile.label else ""
    if tile.kind == "count":
        shown, detail = _number(desk, entity, tile.records, number, numbers)
        return contexts.Tile(
            tile.kind, f"tile-{number}", label, entity.icon, tile.width, tile.records.url, shown, detail
        )
    page = desk.store.list(desk.actor, tile.records.query, PageRequest(limit=tile.limit))
    rows = tuple(_row(desk, entity, tile.records, row) for row in page.rows)
    plural = desk.text(entity.plural)
    return contexts.Tile(
        kind=tile.kind,
        id=f"tile-{number}",
        label=label,
        icon=entity.icon,
        width=tile.width,
        url=tile.records.url,
        rows=rows,
        empty=desk.say("home.none_list", entities=desk.inner(plural)),
    )


def _number(desk: Desk, entity: Entity, records: TileRecords, number: int, numbers: Numbers) -> tuple[str, str]:
    """The large number, and what stands below it."""
    if records.sum is None:
        count = numbers.counts[number]
        return (f"{COUNT_LIMIT - 1}+" if count >= COUNT_LIMIT else str(count)), desk.text(entity.plural)
    found, field = numbers.sums[number], records.sum
    total = found.sums[field.name]
    whole = round(total) if abs(total) >= ROUNDED_FROM else total
    return field.type.format(whole, field, desk.formats), desk.say("list.count", count=found.count)


def _own(desk: Desk, tile: Tile, number: int) -> contexts.Tile:
    """What is the person's own, whatever the blueprint."""
    shown = contexts.Tile(
        kind=tile.kind,
        id=f"tile-{number}",
        label=desk.text(tile.label) if tile.label else desk.say(f"home.{tile.kind}"),
        icon=ICONS[tile.kind],
        width=tile.width,
        url={"tasks": "/tasks", "inbox": "/inbox"}.get(tile.kind, ""),
        empty=desk.say(f"home.none_{tile.kind}"),
    )
    match tile.kind:
        case "tasks":
            return replace(shown, tasks=my_open_tasks(desk, tile.limit))
        case "inbox":
            with desk.store.reading() as connection:
                notices, _ = inbox.page(connection, desk.store.model, desk.actor.user_id or 0, True, tile.limit)
            return replace(shown, notices=notice_rows(desk, notices))
        case _:
            kept = (desk.shelf.recent if tile.kind == "recent" else desk.shelf.starred)(desk.actor, tile.limit)
            return replace(shown, rows=tuple(_kept_row(desk, one) for one in kept))


def _kept_row(desk: Desk, kept: Kept) -> contexts.TileRow:
    entity = desk.workspace.blueprint.entities[kept.entity]
    mark = person_mark(kept.title) if entity.acts_as == "person" else record_mark(kept.title)
    when = desk.formats.ago(kept.at, desk.store.moment(desk.actor).now)
    return contexts.TileRow(kept.title, f"/e/{kept.entity}/{kept.id}", mark, sub=desk.text(entity.label), when=when)


def _row(desk: Desk, entity: Entity, records: TileRecords, row: Row) -> contexts.TileRow:
    """A record by the slots its columns have on a phone card."""
    slots = {column.slot: column for column in records.columns if column.slot and column.field.name != entity.title}
    badge = slots.get("badge")
    return contexts.TileRow(
        title=str(row.get(entity.title) or f"#{row['id']}"),
        url=f"/e/{entity.name}/{row['id']}" + (f"?in={records.view}" if records.view else ""),
        value=_text(desk, _field(slots.get("value")), row),
        sub=_text(desk, _field(slots.get("sub")), row),
        badge=value_of(badge.field, row, desk.formats, short=True) if badge else None,
        when=_text(desk, _field(slots.get("sub2")), row),
    )


def _field(column: Column | None) -> Field | None:
    return column.field if column else None


def _text(desk: Desk, field: Field | None, row: Row) -> str:
    return value_of(field, row, desk.formats, short=True).text if field else ""
