"""The list a record was opened from: carried in the address as `?in=<view>` with the list's filters and sort."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict, QueryParams

from engine.forms.contexts import Link, ListPlace
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.model import BoardScreen, ListScreen, ViewScreen
from engine.records.model import Record
from engine.records.query import AnyCondition, Condition, PageRequest
from engine.web.conditions import conditions_of
from engine.web.desk import Desk
from engine.web.list_groups import asked_group, group_of
from engine.web.page_query import MOST, page_query
from engine.web.starred import starred_condition
from engine.web.view_opening import view_named

LIMIT = 1000
CARRIED = ("f", "sort", "q", "starred", "group")
IN = "in"


def place_query(desk: Desk, view: ViewScreen) -> str:
    """What the links to the records of a list end with."""
    asked = [(name, value) for name, value in page_query(desk).multi_items() if name in CARRIED]
    return "?" + urlencode([(IN, view.name), *asked])


def carried(query: ImmutableMultiDict[str, str]) -> str:
    """What the links between a record and its form end with, so that the list it was opened from is not forgotten."""
    kept = [(name, value) for name, value in query.multi_items() if name in (IN, "tab", *CARRIED)]
    return "?" + urlencode(kept[:MOST]) if any(name == IN for name, _ in kept) else ""


def list_place(desk: Desk, record: Record) -> ListPlace | None:
    """Where the record stands in the list of the address; None without one, and when it is no longer in it."""
    query = page_query(desk)
    view = view_named(desk, record.entity, query.get(IN, ""))
    if view is None:
        return None
    request = _request(desk, record, view, query)
    found = desk.store.neighbours(desk.actor, view.query, request, record.id, LIMIT)
    if found is None or found.position >= LIMIT:
        return None
    asked = [(name, value) for name, value in query.multi_items() if name in CARRIED]
    here, own = f"/e/{record.entity.name}", urlencode([(IN, view.name), *asked])
    total = f"{LIMIT - 1}+" if found.total >= LIMIT else str(found.total)
    return ListPlace(
        view=Link(desk.text(view.label), f"{here}/v/{view.name}" + (f"?{urlencode(asked)}" if asked else "")),
        text=desk.say("record.place", position=str(found.position), total=total),
        previous_url=f"{here}/{found.previous}?{own}" if found.previous else "",
        next_url=f"{here}/{found.next}?{own}" if found.next else "",
    )


def _request(desk: Desk, record: Record, view: ViewScreen, query: QueryParams) -> PageRequest:
    """The list again; of a board, the lane the record is in."""
    filters, _ = parse_filters(query.getlist("f"), record.entity, desk.formats)
    sort, _ = parse_sort(query.get("sort", ""), record.entity)
    conditions: list[AnyCondition] = [*conditions_of(filters)]
    conditions += starred_condition(desk, record.entity, query)
    if isinstance(view, BoardScreen):
        lane = record.row.get(view.by.name)
        conditions.append(Condition(view.by.name, "any_of", (lane,) if lane is not None else ()))
    group = None
    if isinstance(view, ListScreen):
        chosen, _ = asked_group(query.get("group", ""), record.entity, view)
        group = group_of(chosen, sort or view.query.sort)
    return PageRequest(tuple(conditions), sort, query.get("q", "").strip()[:200], group=group)
