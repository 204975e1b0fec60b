"""Making one record of several: what each field keeps is chosen, the rest goes along, and it can be undone."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.merge_operation import merge
from engine.records.merging import MOST
from engine.records.model import Record
from engine.records.refusals import reasons
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.merge_page import Choosing, first_choice, may_stay, merge_screen, merge_url

CHOICE = "choose__"


def show_merge(request: WebRequest) -> Response:
    """`/e/<entity>/merge?id=&id=`: two to five records."""
    desk = Desk.of(request)
    entity, ids = desk.entity(), _ids(request.query.getlist("id"))
    if not 1 < len(ids) <= MOST:
        return _too_few(desk, entity)
    records = _records(desk, entity, ids)
    return desk.render("screens/merge.html", merge_screen(desk, entity, records, first_choice(entity, records)))


def merge_records(request: WebRequest) -> Response:
    """From the page; from the bar of a list, which says no survivor, to it."""
    desk = Desk.of(request)
    entity, ids = desk.entity(), _ids(request.form.getlist("id"))
    if not 1 < len(ids) <= MOST:
        return _too_few(desk, entity)
    if "survivor" not in request.form:
        return desk.redirect(merge_url(entity.name, ids))
    records = _records(desk, entity, ids)
    chosen = _chosen(desk, entity, records)
    others = [record.id for record in records if record.id != chosen.survivor]
    services = request.services
    try:
        operation = merge(
            services.database,
            services.operations,
            desk.store,
            desk.actor,
            entity.name,
            chosen.survivor,
            others,
            chosen.choices,
        )
    except (Invalid, Refused, MoveRefused) as refusal:
        wrong = Choosing(chosen.survivor, chosen.choices, _told(entity, refusal))
        return desk.render("screens/merge.html", merge_screen(desk, entity, records, wrong), 422)
    told = Flash("merge.done", {"count": str(len(records))}, f"/operations/{operation}/undo")
    return desk.redirect(f"/e/{entity.name}/{chosen.survivor}", told)


def _records(desk: Desk, entity: Entity, ids: tuple[int, ...]) -> list[Record]:
    """Raises `RecordNotFound`, `Refused` when the person may not merge them whichever stays."""
    records = [desk.store.get(desk.actor, entity.name, record_id) for record_id in ids]
    if any(record.row.get("deleted_at") is not None for record in records):
        raise RecordNotFound
    if not any(may_stay(record, records) for record in records):
        raise Refused(message_text("merge.refused"))
    return records


def _chosen(desk: Desk, entity: Entity, records: list[Record]) -> Choosing:
    """What was posted; a record that is not among them is none, and fields nothing is said of keep the survivor's."""
    ids = [record.id for record in records]
    written = _number(desk.request.form.get("survivor", ""))
    survivor = written if written in ids else first_choice(entity, records).survivor
    choices = {
        name.removeprefix(CHOICE): number
        for name, value in desk.request.form.multi_items()
        if name.startswith(CHOICE) and (number := _number(value)) is not None
    }
    return Choosing(survivor, choices)


def _told(entity: Entity, refusal: Exception) -> Mapping[str, Text]:
    found = dict(reasons(refusal))
    stage = entity.stage_field
    if isinstance(refusal, MoveRefused) and stage and "" in found:
        found[stage.name] = found.pop("")
    return found


def _too_few(desk: Desk, entity: Entity) -> Response:
    reason = desk.say("merge.how_many", most=MOST)
    return desk.redirect(f"/e/{entity.name}", Flash("error.refused", {"reason": reason}))


def _ids(texts: list[str]) -> tuple[int, ...]:
    numbers = (_number(text) for text in texts)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 16 else None
