"""Operations of a person, or of everybody for an administrator: how far they are, what became of them, the way back."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.records.errors import RecordNotFound
from engine.records.operations import NotNow, Operation, Operations
from engine.web import operations as texts
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.security import local_path
from engine.web.titles import titles_of

PAGE = 50
REFUSALS = 100
AT_ONCE = 200
"""The most records that are written while the person waits for the answer."""


def show_operations(request: WebRequest) -> Response:
    """Two statements."""
    desk = Desk.of(request)
    everybody = _sees_all(desk)
    found = _operations(desk).listed(desk.actor, everybody, _number(request.query.get("before", "")), PAGE + 1)
    shown = found[:PAGE]
    people = titles_of(desk, {("user", each.actor_id) for each in shown if everybody and each.actor_id is not None})
    engine = desk.say("record.engine") if everybody else ""
    rows = tuple(texts.row(desk, each, people.get(("user", each.actor_id or 0), engine)) for each in shown)
    earlier = f"/operations?before={shown[-1].id}" if len(found) > PAGE else ""
    return desk.render(
        "screens/operations.html", contexts.OperationsScreen(desk.page(desk.say("operation.title")), rows, earlier)
    )


def show_operation(request: WebRequest) -> Response:
    """The whole page, or the part that asks for itself again while the operation runs."""
    desk = Desk.of(request)
    operation = _operation(desk)
    context = _screen(desk, operation)
    return desk.render("parts/operation.html" if request.is_htmx else "screens/operation.html", context)


def undo_operation(request: WebRequest) -> Response:
    """Taken back while the person waits, where it is little."""
    desk = Desk.of(request)
    operation = _operation(desk)
    try:
        undoing = _operations(desk).undo(desk.actor, operation.id, _sees_all(desk))
    except NotNow:
        return _too_late(desk, operation)
    if operation.done <= AT_ONCE:
        request.services.runner.run(undoing)
    return _onward(desk, f"/operations/{undoing}")


def stop_operation(request: WebRequest) -> Response:
    return _change(request, lambda operations: operations.stop)


def resume_operation(request: WebRequest) -> Response:
    return _change(request, lambda operations: operations.resume)


def _change(request: WebRequest, act: Callable[[Operations], Callable[..., None]]) -> Response:
    desk = Desk.of(request)
    operation = _operation(desk)
    try:
        act(_operations(desk))(desk.actor, operation.id, _sees_all(desk))
    except NotNow:
        return _too_late(desk, operation)
    return _onward(desk, f"/operations/{operation.id}")


def _onward(desk: Desk, page: str) -> Response:
    """To the page that asked, else to the operation's own."""
    return desk.redirect(local_path(desk.request.form.get("next") or page))


def _too_late(desk: Desk, operation: Operation) -> Response:
    return desk.redirect(
        f"/operations/{operation.id}", Flash("error.refused", {"reason": desk.say("operation.too_late")})
    )


def _screen(desk: Desk, operation: Operation) -> contexts.OperationScreen:
    here, title = f"/operations/{operation.id}", texts.title_of(desk, operation)
    after = _number(desk.request.query.get("after", "")) or 0
    refusals = _operations(desk).refusals(operation.id, after, REFUSALS + 1) if operation.ended else ()
    running = operation.state in ("waiting", "running")
    return contexts.OperationScreen(
        page=desk.page(title),
        crumbs=(Link(desk.say("operation.title"), "/operations", "list-checks"), Link(title, "")),
        here=here,
        title=title,
        detail=texts.detail_of(desk, operation),
        state=desk.say(f"operation.state.{operation.state}"),
        meaning=texts.meaning_of(operation),
        running=running,
        percent=texts.percent_of(operation),
        counted=texts.counted(desk, operation),
        time_left=texts.time_left(desk, operation),
        sentence=texts.sentence(desk, operation),
        left=texts.left_records(desk, operation, refusals[:REFUSALS]),
        left_title=desk.say("operation.left_title"),
        more_url=f"{here}?after={refusals[REFUSALS - 1].id}" if len(refusals) > REFUSALS else "",
        links=(*texts.links_of(desk, operation), *_related(desk, operation)),
        acts=texts.acts_of(desk, operation),
    )


def _related(desk: Desk, operation: Operation) -> tuple[Link, ...]:
    """From an operation to what undoes it, and back; and to the list of its records."""
    found = []
    if operation.undo_of is not None:
        found.append(Link(desk.say("operation.what_was"), f"/operations/{operation.undo_of}", "history"))
    elif operation.state in ("undoing", "undone") and (undoing := _operations(desk).undo_of(operation.id)):
        found.append(Link(desk.say("operation.the_undoing"), f"/operations/{undoing.id}", "undo-2"))
    if operation.ended and operation.entity in desk.workspace.blueprint.entities and desk.may_visit(operation.entity):
        head = desk.head(desk.workspace.blueprint.entities[operation.entity])
        found.append(Link(head.plural, local_path(str(operation.settings.get("back") or head.url)), head.icon))
    return tuple(found)


def _operations(desk: Desk) -> Operations:
    return desk.request.services.operations


def _sees_all(desk: Desk) -> bool:
    return desk.workspace.policy.is_admin(desk.actor)


def _operation(desk: Desk) -> Operation:
    """The operation of the address. Raises `RecordNotFound`."""
    number = _number(desk.request.path_params["operation"])
    if number is None:
        raise RecordNotFound
    return _operations(desk).read(desk.actor, number, _sees_all(desk))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 16 else None
