"""Reading: the list of an entity, one record, and what the API gives access to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from engine.records.changes import changed
from engine.records.model import Record
from engine.records.query import Condition, PageRequest
from engine.records.store import Store
from engine.schema.line_order import LINE_ORDER
from engine.schema.model import Entity, Field, ListQuery
from engine.web.api.asking import ONE_PARAMETERS, Asked, Shown, asked_fields, asked_list, check_parameters
from engine.web.api.problem import refused
from engine.web.api.request import ROOT, ApiRequest, address, json_answer, may_write
from engine.web.api.rows import Json, Keys, lines, moment, readable, row_writer, tombstone

COUNTED = 10_000
"""How far a list is counted."""
LINES = 1000
"""Line items read with one statement."""
MOST_ROWS = 200
"""Links of one page lead to as many records at most, where each is one link."""
OVERLAP = 60
"""Seconds before now from which the next synchronisation should ask, as writes may be under way."""
EXPANDED = "_expanded"


def show_index(api: ApiRequest) -> Response:
    """The entities the token reaches."""
    check_parameters(api.query, ())
    found = [
        {
            "name": entity.name,
            "label": api.text(entity.label),
            "plural": api.text(entity.plural),
            "url": address(entity.name),
            "may_create": may_write(entity) and api.workspace.policy.may_create(api.actor, entity.name),
        }
        for entity in api.workspace.blueprint.entities.values()
        if api.may_reach(entity.name)
    ]
    return json_answer({"workspace": api.workspace.name, "openapi": f"{ROOT}/openapi.json", "entities": found})


def show_list(api: ApiRequest) -> Response:
    entity = api.entity()
    asked = asked_list(api, entity)
    if asked.since is not None:
        return _show_changes(api, asked, asked.since)
    page = api.store.plain_page(api.actor, asked.query, asked.request)
    told: dict[str, Json] = {"data": records(api, asked.shown, page.rows, page.places)}
    return json_answer(told | _next(api, page.after) | _count(api, asked))


def _show_changes(api: ApiRequest, asked: Asked, since: datetime) -> Response:
    page = changed(api.store, api.actor, asked.query, since, asked.request)
    told: dict[str, Json] = {
        "data": records(api, asked.shown, [row for row in page.rows if row["deleted_at"] is None]),
        "deleted": [tombstone(row) for row in page.rows if row["deleted_at"] is not None],
        "updated_since": None if page.after else moment(_next_since(api, since)),
    }
    return json_answer(told | _next(api, page.after) | _count(api, asked))


def show_record(api: ApiRequest) -> Response:
    entity = api.entity()
    check_parameters(api.query, ONE_PARAMETERS)
    record = api.store.get(api.actor, entity.name, api.record_id())
    if record.row["deleted_at"] is not None:
        raise refused("gone")
    return json_answer(record_json(api, api.store, record, asked_fields(api.query, entity), "fields" not in api.query))


def record_json(api: ApiRequest, store: Store, record: Record, shown: Shown, with_lines: bool = True) -> Json:
    """One record with its line items; one statement for each kind of them and each expanded link."""
    (told,) = records(api, shown, [record.row], store=store)
    if with_lines:
        for field in lines(record.entity):
            told[field.name] = lines_json(api, store, field, record.id)
    return told


def lines_json(api: ApiRequest, store: Store, field: Field, record_id: int) -> list[Json]:
    """All line items of a record in their order, without the link back to it."""
    line = api.workspace.blueprint.entities[field.target or ""]
    fields = line_fields(field, line)
    condition = Condition(str(field.settings["key"]), "any_of", (record_id,))
    query = ListQuery(line.name, tuple(f.name for f in fields), sort=LINE_ORDER, titles=False)
    write, told, after = row_writer(fields), list[Json](), None
    while True:
        page = store.list(api.actor, query, PageRequest((condition,), after=after, limit=LINES))
        told += map(write, page.rows)
        after = page.after
        if after is None:
            return told


def line_fields(field: Field, line: Entity) -> tuple[Field, ...]:
    """What a line item shows within its record: its own fields."""
    return tuple(each for each in readable(line) if not each.system and each.name != field.settings["key"])


def records(
    api: ApiRequest, shown: Shown, rows: Sequence[Any], keys: Keys | None = None, store: Store | None = None
) -> list[dict[str, Json]]:
    """The rows as JSON, with the records that their links lead to where that was asked."""
    told = list(map(row_writer(shown.fields, keys), rows))
    for field in shown.expanded:
        key = keys[field.name] if keys else field.name
        values = [row[key] for row in rows]
        found = _targets(api, store or api.store, field, values)
        for value, record in zip(values, told, strict=True):
            record.setdefault(EXPANDED, {})[field.name] = _expansion(field, value, found)
    return told


def _targets(
    api: ApiRequest, store: Store, field: Field, values: Iterable[Any]
) -> Mapping[tuple[str, int], dict[str, Json]]:
    """The records that these values of a field name, as far as they may be seen; one statement for each entity."""
    ids: dict[str, dict[int, None]] = {}
    for value in values:
        for name, record_id in field.references(value):
            ids.setdefault(name, {})[record_id] = None
    found: dict[tuple[str, int], dict[str, Json]] = {}
    for name, wanted in ids.items():
        if api.may_reach(name):
            fields = readable(api.workspace.blueprint.entities[name])
            query = ListQuery(name, tuple(each.name for each in fields), titles=False)
            request = PageRequest(limit=max(MOST_ROWS, len(wanted)), among=tuple(wanted))
            page = store.plain_page(api.actor, query, request)
            write, place = row_writer(fields, page.places), page.places["id"]
            found |= {(name, row[place]): write(row) for row in page.rows}
    return found


def _expansion(field: Field, value: Any, found: Mapping[tuple[str, int], dict[str, Json]]) -> Json:
    """The record, or null; of a field of several records those that may be seen."""
    named = [found[reference] for reference in field.references(value) if reference in found]
    return named if field.type.kept_apart else (named[0] if named else None)


def _next(api: ApiRequest, after: str | None) -> dict[str, Json]:
    if after is None:
        return {"next": None, "next_cursor": None}
    pairs = [(name, text) for name, text in api.query.multi_items() if name not in ("cursor", "count")]
    return {"next": f"{api.path}?{urlencode([*pairs, ('cursor', after)])}", "next_cursor": after}


def _count(api: ApiRequest, asked: Asked) -> dict[str, Json]:
    if not asked.counted:
        return {}
    (found,) = api.store.counts(api.actor, [asked.query], COUNTED + 1, [asked.request])
    return {"count": min(found, COUNTED), "count_is_exact": found <= COUNTED}


def _next_since(api: ApiRequest, since: datetime) -> datetime:
    """From when the next synchronisation should ask: a little before now."""
    return max(since.astimezone(UTC), api.store.moment(api.actor).now - timedelta(seconds=OVERLAP))
