"""The options of a picker, and the history of a record: fragments that pages fetch."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Change, HistoryEntry, PickOption
from engine.forms.marks import person_mark, record_mark
from engine.forms.values import PEOPLE, text_of
from engine.records.errors import RecordNotFound
from engine.records.history import Entry
from engine.records.query import PageRequest
from engine.schema.model import Entity, Field, ListQuery, Sort
from engine.web.desk import Desk, WebRequest
from engine.web.titles import titles_of

OPTIONS = 12


def pick(request: WebRequest) -> Response:
    """`/pick/<entity>?q=&field=<entity.field>`: titles that contain `q`; without `q` the newest records."""
    desk = Desk.of(request)
    entity = desk.workspace.blueprint.entities.get(request.path_params["entity"])
    if entity is None or not desk.workspace.policy.may_open(desk.actor, entity.name):
        raise RecordNotFound
    typed = request.query.get("q", "").strip()[:200]
    field = _asking(desk, entity)
    sub = next((f for f in entity.fields.values() if f.target and f.type.stored and not f.system), None)
    query = ListQuery(
        entity=entity.name,
        fields=(entity.title, *((sub.name,) if sub else ())),
        filter=field.link_filter if field else None,
        sort=(Sort(entity.title),) if typed else (Sort("last_activity_at", descending=True),),
    )
    page = desk.store.list(desk.actor, query, PageRequest(search=typed, limit=OPTIONS))
    options = tuple(_option(entity, row, sub) for row in page.rows)
    return desk.render("parts/options.html", contexts.PickList(options, recent=not typed))


def _asking(desk: Desk, entity: Entity) -> Field | None:
    """The link field the picker is for, if the address names one."""
    owner, _, name = desk.request.query.get("field", "").partition(".")
    asking = desk.workspace.blueprint.entities.get(owner)
    field = asking.fields.get(name) if asking else None
    return field if field and field.leads_to(entity.name) else None


def _option(entity: Entity, row: Any, sub: Field | None) -> PickOption:
    title = str(row.get(entity.title) or f"#{row['id']}")
    mark = person_mark(title) if entity.name in PEOPLE or entity.acts_as == "person" else record_mark(title)
    return PickOption(str(row["id"]), title, mark, str(row.get(f"{sub.name}__title") or "") if sub else "")


def show_history(request: WebRequest) -> Response:
    """Who changed what and when, newest first."""
    desk = Desk.of(request)
    entity, record_id = desk.entity(), desk.record_id()
    entries = desk.store.history(desk.actor, entity.name, record_id)
    titles = _titles(desk, entity, entries)
    shown = tuple(_entry(desk, entity, entry, titles) for entry in entries)
    return desk.render("parts/history.html", contexts.History(shown))


def _titles(desk: Desk, entity: Entity, entries: Any) -> dict[tuple[str, int], str]:
    """Titles of the records that links pointed at, as far as the actor may read them."""
    pairs = [
        (entity.fields[name], value) for entry in entries for name, pair in entry.changes.items() for value in pair
    ]
    return titles_of(desk, [reference for field, value in pairs for reference in field.references(value)])


def _entry(desk: Desk, entity: Entity, entry: Entry, titles: dict[tuple[str, int], str]) -> HistoryEntry:
    moved = any("pipeline" in entity.fields[name].settings for name in entry.changes)
    return HistoryEntry(
        what="moved" if moved and entry.kind == "updated" else entry.kind,
        who=entry.actor or desk.say("record.engine"),
        when=desk.formats.ago(entry.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(entry.at),
        source="" if entry.source == "ui" else desk.say(f"source.{entry.source}"),
        changes=tuple(_change(desk, entity.fields[name], pair, titles) for name, pair in entry.changes.items()),
    )


def _change(desk: Desk, field: Field, pair: tuple[Any, Any], titles: dict[tuple[str, int], str]) -> Change:
    if field.type.kept_apart:
        return Change(desk.text(field.label), "", _linked(desk, field, pair, titles))
    before, after = (text_of(field, value, desk.formats, titles, "–") for value in pair)
    return Change(desk.text(field.label), before, after)


def _linked(desk: Desk, field: Field, pair: tuple[Any, Any], titles: dict[tuple[str, int], str]) -> str:
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
