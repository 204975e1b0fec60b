"""What is done to several records of a list at once: delete with undo, a new owner. Each record is judged by itself."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.binding import bind
from engine.forms.controls import Filled
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.security import local_path

MOST = 50
"""Records at once: those of one page of a list."""
REASONS = 2


def act(request: WebRequest) -> Response:
    """`/e/<entity>/bulk`: `id` for each record and `do`, what to do with them."""
    desk = Desk.of(request)
    entity, ids = desk.entity(), _ids(request.form.getlist("id"))
    if not ids:
        return desk.redirect(_back(desk, entity), Flash("error.refused", {"reason": desk.say("bulk.nothing")}))
    if request.form.get("do") == "delete":
        return _delete(desk, entity, ids)
    if request.form.get("do") == "assign" and "owner" in entity.fields:
        return _assign(desk, entity, ids)
    raise RecordNotFound


def undo(request: WebRequest) -> Response:
    """`/e/<entity>/bulk/undo?ids=`: take deleted records out of the bin."""
    desk = Desk.of(request)
    entity, ids = desk.entity(), _ids(request.query.get("ids", "").split("-"))
    done, reasons = _each(desk, ids, lambda record: desk.store.restore(desk.actor, entity.name, record))
    return _told(desk, entity, "restored", ids, done, reasons)


def _delete(desk: Desk, entity: Entity, ids: tuple[int, ...]) -> Response:
    done, reasons = _each(desk, ids, lambda record: desk.store.delete(desk.actor, entity.name, record))
    written = "-".join(str(record) for record in done)
    return _told(desk, entity, "deleted", ids, done, reasons, undo_url=f"/e/{entity.name}/bulk/undo?ids={written}")


def _assign(desk: Desk, entity: Entity, ids: tuple[int, ...]) -> Response:
    """Without an owner the answer asks for one."""
    field = entity.fields["owner"]
    bound = bind([field], {"owner": desk.request.form.get("owner", "")}, desk.formats)
    owner = bound.values.get("owner")
    if owner is None:
        return _ask(desk, entity, ids)

    def give(record: int) -> None:
        desk.store.change(desk.actor, entity.name, record, {"owner": owner})

    return _told(desk, entity, "assigned", ids, *_each(desk, ids, give))


def _ask(desk: Desk, entity: Entity, ids: tuple[int, ...]) -> Response:
    titles = desk.store.titles(desk.actor, entity.name, ids)
    context = contexts.AssignScreen(
        page=desk.page(desk.say("bulk.assign_title", count=len(titles))),
        entity=desk.head(entity),
        ids=tuple(str(record) for record in titles),
        titles=tuple(titles.values()),
        control=desk.controls.control(entity.fields["owner"], Filled({}, {}, {}, {}), required=True, focus=True),
        back=_back(desk, entity),
    )
    return desk.render("parts/assign.html" if desk.request.is_htmx else "screens/assign.html", context)


def _each(desk: Desk, ids: tuple[int, ...], write: Callable[[int], object]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Write one record after the other; those that were, and why others were not, each reason once."""
    done: list[int] = []
    reasons: dict[str, None] = {}
    for record in ids:
        try:
            write(record)
            done.append(record)
        except (Refused, Invalid, MoveRefused, Conflict, RecordNotFound) as refusal:
            reasons[_reason(desk, refusal)] = None
    return tuple(done), tuple(reasons)


def _reason(desk: Desk, refusal: Exception) -> str:
    text: Text | None = None
    if isinstance(refusal, Refused):
        text = refusal.message
    elif isinstance(refusal, MoveRefused):
        text = refusal.reason
    elif isinstance(refusal, Invalid):
        text = next(iter(refusal.errors.values()), None)
    return desk.text(text) if text else desk.say("bulk.gone")


def _told(
    desk: Desk,
    entity: Entity,
    what: str,
    ids: tuple[int, ...],
    done: tuple[int, ...],
    reasons: tuple[str, ...],
    undo_url: str = "",
) -> Response:
    """Back to the list with a sentence about all of them."""
    back, said = _back(desk, entity), " ".join(reasons[:REASONS])
    if not done:
        return desk.redirect(back, Flash("error.refused", {"reason": said}))
    values = {"done": desk.formats.number(len(done))}
    if len(done) == len(ids):
        return desk.redirect(back, Flash(f"bulk.{what}", values, undo_url))
    values |= {"left": desk.formats.number(len(ids) - len(done)), "reason": said}
    return desk.redirect(back, Flash(f"bulk.{what}_partly", values, undo_url))


def _ids(texts: list[str]) -> tuple[int, ...]:
    """The first `MOST` ids among the texts, each once."""
    numbers = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 16)
    return tuple(dict.fromkeys(numbers))[:MOST]


def _back(desk: Desk, entity: Entity) -> str:
    asked = local_path(desk.request.form.get("next", ""))
    home = f"/e/{entity.name}"
    return asked if asked == home or asked.startswith((f"{home}?", f"{home}/v/")) else home
