"""Duplicates: the page of an entity's, what stands beside a form, and what a person says are two records."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms.contexts import Link
from engine.forms.contexts.duplicates import DuplicateGroup, DuplicatesScreen
from engine.locale.catalogue import message_text
from engine.records.duplicates import COUNTED, Group, GroupPage, bring_together, duplicates, set_apart, waiting
from engine.records.errors import RecordNotFound, Refused
from engine.records.match_sweep import sweep
from engine.records.merging import MOST
from engine.records.model import Row
from engine.records.paging import BadCursor
from engine.records.query import Condition, PageRequest
from engine.schema.matching import matched_fields
from engine.schema.model import Entity, ListQuery
from engine.web.desk import Desk, WebRequest
from engine.web.filling import given_by_address, start_row, submitted
from engine.web.flash import Flash
from engine.web.matches import near, near_panel, near_records, why
from engine.web.merge_page import merge_url

PAGE = 25
STEPS = 3
"""Batches that are compared when somebody asks; the rest is done behind the scenes."""


def show_near(request: WebRequest) -> Response:
    """What may be there already of what a form holds; the fragment beside it."""
    desk = Desk.of(request)
    entity = desk.entity()
    if not desk.workspace.policy.may_create(desk.actor, entity.name):
        raise Refused(message_text("refused.create", entity=entity.plural))
    filling = submitted(desk, entity, start_row(desk, entity))
    values = {**given_by_address(desk, entity), **filling.bound.values}
    return desk.render("parts/near.html", near_panel(desk, entity, near(desk, entity, values)))


def show_duplicates(request: WebRequest) -> Response:
    """`/e/<entity>/duplicates`: what was written just now is compared first."""
    desk = Desk.of(request)
    entity = desk.entity()
    left = _compare(desk, entity)
    found = _page(desk, entity)
    head = desk.head(entity)
    title = desk.say("duplicates.title")
    here = f"{head.url}/duplicates"
    context = DuplicatesScreen(
        page=desk.page(f"{title} · {head.plural}"),
        entity=head,
        crumbs=(Link(head.plural, head.url, head.icon), Link(title, "", current=True)),
        groups=_groups(desk, entity, found),
        apart_url=f"{here}/apart",
        here=here,
        waiting=_counted(desk, left),
        next_url=f"{here}?{urlencode({'after': found.after})}" if found.after else "",
        known=bool(entity.matching),
    )
    return desk.render("screens/duplicates.html", context)


def tell_apart(request: WebRequest) -> Response:
    """These are different records; it is remembered, and can be taken back."""
    desk = Desk.of(request)
    entity, ids = desk.entity(), _ids(request.form.getlist("id"))
    if len(ids) < 2:
        raise RecordNotFound
    set_apart(request.services.database, desk.store, desk.actor, entity.name, ids)
    undo = f"/e/{entity.name}/duplicates/together?{urlencode([('id', each) for each in ids])}"
    return desk.redirect(f"/e/{entity.name}/duplicates", Flash("duplicates.apart_done", {}, undo))


def put_together(request: WebRequest) -> Response:
    desk = Desk.of(request)
    entity, ids = desk.entity(), _ids(request.query.getlist("id"))
    bring_together(request.services.database, desk.store, desk.actor, entity.name, ids)
    return desk.redirect(f"/e/{entity.name}/duplicates", Flash("duplicates.together_done", {}))


def _compare(desk: Desk, entity: Entity) -> int:
    """How many records are still to be compared."""
    if not entity.matching:
        return 0
    for _ in range(STEPS):
        if not sweep(desk.request.services.database, desk.store.model, entity.name):
            return 0
    return waiting(desk.store, entity.name)


def _page(desk: Desk, entity: Entity) -> GroupPage:
    """A cursor that is none of ours is the first page."""
    try:
        return duplicates(desk.store, desk.actor, entity.name, PAGE, desk.request.query.get("after") or None)
    except BadCursor:
        return duplicates(desk.store, desk.actor, entity.name, PAGE)


def _groups(desk: Desk, entity: Entity, found: GroupPage) -> tuple[DuplicateGroup, ...]:
    ids = [record_id for group in found.groups for record_id in group.ids[:MOST]]
    rows = _rows(desk, entity, ids)
    policy = desk.workspace.policy
    grants = policy.grant(desk.actor, "update", entity.name), policy.grant(desk.actor, "delete", entity.name)
    may = not any(grant.nothing for grant in grants)
    return tuple(_group(desk, entity, group, rows, may) for group in found.groups)


def _rows(desk: Desk, entity: Entity, ids: list[int]) -> dict[int, Row]:
    if not ids:
        return {}
    request = PageRequest(conditions=(Condition("id", "any_of", tuple(ids)),), limit=len(ids))
    query = ListQuery(entity.name, matched_fields(entity.matching))
    return {row["id"]: row for row in desk.store.list(desk.actor, query, request).rows}


def _group(desk: Desk, entity: Entity, group: Group, rows: dict[int, Row], may: bool) -> DuplicateGroup:
    shown = [record_id for record_id in group.ids[:MOST] if record_id in rows]
    rules = {rule.name: rule for rule in entity.matching}
    reasons = dict.fromkeys(
        why(desk, entity, rules[pair.rule], pair.likeness) for pair in group.pairs if pair.rule in rules
    )
    more = len(group.ids) - len(shown)
    return DuplicateGroup(
        records=near_records(desk, entity, [(rows[record_id], None, 0) for record_id in shown]),
        ids=tuple(str(record_id) for record_id in shown),
        why=desk.say("match.separator").join(list(reasons)[:2]),
        certain=group.pairs[0].certain,
        merge_url=merge_url(entity.name, shown) if may and len(shown) > 1 else "",
        more=desk.say("duplicates.more", count=more) if more else "",
    )


def _counted(desk: Desk, left: int) -> str:
    if not left:
        return ""
    count = desk.formats.number(left) + ("+" if left >= COUNTED else "")
    return desk.say("duplicates.waiting", count=count)


def _ids(texts: list[str]) -> tuple[int, ...]:
    numbers = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 16)
    return tuple(dict.fromkeys(numbers))[: 2 * MOST]
