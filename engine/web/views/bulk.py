"""What is done to many records at once: edit, assign, move, tag, delete, on ticked ones or on all of a view."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms import contexts
from engine.locale.catalogue import message_text
from engine.records.bulk import parts
from engine.records.errors import RecordNotFound, Refused
from engine.records.operations import NotNow
from engine.schema.model import Entity
from engine.web.bulk_acts import bulk_acts
from engine.web.bulk_selection import Selection, selection_of, too_many
from engine.web.bulk_tasks import Task, read_task
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.security import local_path
from engine.web.views.operations import AT_ONCE

ICONS = {"edit": "square-pen", "move": "square-kanban", "assign": "user-round", "tag": "tags", "delete": "trash-2"}
TITLES = 5


def act(request: WebRequest) -> Response:
    """`/e/<entity>/bulk`: the records, `do`, what to do with them, and with `apply` what its dialog asked for."""
    desk = Desk.of(request)
    entity, do = desk.entity(), request.form.get("do", "")
    if not desk.workspace.policy.may_bulk(desk.actor, entity.name):
        raise Refused(message_text("refused.bulk", entity=entity.plural))
    if do not in ICONS or not getattr(bulk_acts(desk, entity), do):
        raise RecordNotFound
    chosen = selection_of(desk, entity)
    count = chosen.count(desk)
    if not count or count > chosen.most:
        reason = too_many(desk, chosen.everything, chosen.most) if count else desk.say("bulk.nothing")
        return desk.redirect(_back(desk, entity), Flash("error.refused", {"reason": reason}))
    task = read_task(desk, entity, do)
    if task.bound.errors:
        return _ask(desk, chosen, do, task, count, 422)
    if not task.ready or not _applied(desk, chosen, do):
        return _ask(desk, chosen, do, task, count)
    return _run(desk, entity, task, chosen.resolve(desk))


def undo(request: WebRequest) -> Response:
    """`/e/<entity>/bulk/undo?operation=`: take back what was done a moment ago, on the page it was done on."""
    desk = Desk.of(request)
    entity, text = desk.entity(), request.query.get("operation", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 16):
        raise RecordNotFound
    operations, runner = request.services.operations, request.services.runner
    try:
        undoing = operations.undo(desk.actor, int(text))
    except NotNow:
        return desk.redirect(_back(desk, entity), Flash("error.refused", {"reason": desk.say("operation.too_late")}))
    runner.run(undoing)
    return _told(desk, entity, undoing, "undone")


def _applied(desk: Desk, chosen: Selection, do: str) -> bool:
    """Ticked records are deleted at once: the way back stands beside the sentence about it."""
    return desk.request.form.get("apply") == "1" or (do == "delete" and not chosen.everything)


def _run(desk: Desk, entity: Entity, task: Task, ids: tuple[int, ...]) -> Response:
    """At once where it is little, else by a runner, watched on the page of the operation."""
    services = desk.request.services
    about = dict(task.about.by_language) if task.about else None
    settings = {"values": dict(task.values), "about": about, "back": _back(desk, entity)}
    started = services.operations.start(desk.actor, task.kind, entity.name, settings, len(ids), parts(ids))
    if len(ids) > AT_ONCE:
        return desk.redirect(f"/operations/{started}")
    services.runner.run(started)
    return _told(desk, entity, started, task.kind, f"/e/{entity.name}/bulk/undo?operation={started}")


def _told(desk: Desk, entity: Entity, operation_id: int, what: str, undo_url: str = "") -> Response:
    """Back to the list with a sentence; where something was left, to the page that says what and why."""
    operation = desk.request.services.operations.read(desk.actor, operation_id)
    if operation.refused or operation.state != "done":
        return desk.redirect(f"/operations/{operation_id}")
    key = f"bulk.{what.removeprefix('bulk_')}_done"
    return desk.redirect(_back(desk, entity), Flash(key, {"done": desk.formats.number(operation.done)}, undo_url))


def _ask(desk: Desk, chosen: Selection, do: str, task: Task, count: int, status: int = 200) -> Response:
    entity, number = chosen.entity, desk.formats.number(count)
    head = desk.head(entity)
    context = contexts.BulkScreen(
        page=desk.page(desk.say(f"bulk.{do}_title", entity=head.plural)),
        entity=head,
        do=do,  # type: ignore[arg-type]
        symbol=ICONS[do],
        title=desk.say(f"bulk.{do}_title", entity=head.plural),
        text=_about(desk, chosen, do, count),
        ids=tuple(str(record) for record in chosen.ids),
        everything=chosen.everything,
        pick=task.pick,
        modes=task.modes,
        controls=task.controls(desk),
        hint=task.hint,
        submit=desk.say(f"bulk.{do}_submit", count=number),
        back=_back(desk, entity),
        complete=task.ready,
    )
    return desk.render("parts/bulk.html" if desk.request.is_htmx else "screens/bulk.html", context, status)


def _about(desk: Desk, chosen: Selection, do: str, count: int) -> str:
    """Which records: all of a view by their number, a few by their titles."""
    if chosen.everything:
        more = desk.say("bulk.in_background") if count > AT_ONCE else ""
        plural, number = desk.text(chosen.entity.plural), desk.formats.number(count)
        told = desk.say("bulk.everything", count=count, number=number, entity=plural)
        deleted = desk.say("bulk.to_the_bin") if do == "delete" else ""
        return desk.say("bulk.sentences", first=told, second=deleted, third=more).strip()
    titles = tuple(desk.store.titles(desk.actor, chosen.entity.name, chosen.ids[:TITLES]).values())
    listed = desk.say("bulk.separator").join(titles)
    return desk.say("bulk.and_more", titles=listed, count=count - len(titles)) if count > len(titles) else listed


def _back(desk: Desk, entity: Entity) -> str:
    asked = local_path(desk.request.form.get("next", ""))
    home = f"/e/{entity.name}"
    return asked if asked == home or asked.startswith((f"{home}?", f"{home}/v/")) else home
