"""`/e/<entity>/export`: asks what the file should be like and makes it; `/exports/<id>` gives out one made before."""

from __future__ import annotations

from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from engine.access.alerts import MANY_EXPORTED
from engine.exchange.asked import ExportAsked
from engine.exchange.export_columns import every_field
from engine.exchange.export_job import KIND, file_name, settings_of
from engine.exchange.exporting import AT_ONCE
from engine.exchange.writer import writers
from engine.forms.contexts import Choice
from engine.forms.contexts.exports import ExportFormat, ExportScreen
from engine.locale.catalogue import message_text
from engine.records.errors import RecordNotFound
from engine.records.operations import Operation
from engine.schema.model import Entity
from engine.web.auditing import noted, origin_of
from engine.web.bulk_selection import MOST_TICKED, too_many
from engine.web.desk import Desk, WebRequest
from engine.web.endpoint import Refused
from engine.web.exporting import ExportPage, export_page
from engine.web.flash import Flash

NOT_ALLOWED = message_text("export.not_allowed")
ALL = "all"
CACHED = "private, no-store"
LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'"


def ask(request: WebRequest) -> Response:
    """What the file should be like, as a page or in a dialog."""
    desk = Desk.of(request)
    return _ask(desk, _allowed(desk))


def export(request: WebRequest) -> Response:
    """The file itself; many records become an operation, whose page has the file in the end."""
    desk = Desk.of(request)
    entity = _allowed(desk)
    if request.form.get("do") == "ask":
        return _ask(desk, entity)
    page = export_page(desk, entity)
    if len(page.ids) > MOST_TICKED:
        return _too_many(desk, page)
    asked = _asked(page)
    export = page.export(asked)
    total = desk.store.aggregate(desk.actor, export.query, export.request).count
    operation_id = request.services.operations.start(desk.actor, KIND, entity.name, settings_of(asked), total)
    noted(desk, "exported", (entity.name, None), count=total, format=asked.form)
    if total >= MANY_EXPORTED:
        with request.services.database.write() as connection:
            about, origin = (entity.name, None), origin_of(request)
            request.services.alerts.ring(connection, "mass_export", desk.actor.user_id, origin, about, count=total)
    if total > AT_ONCE or not request.services.runner.run(operation_id):
        return desk.redirect(f"/operations/{operation_id}")
    return _sent(desk, operation_id, once=True)


def download(request: WebRequest) -> Response:
    """A file made before, for the one who asked for it. Raises `RecordNotFound`."""
    desk = Desk.of(request)
    text = request.path_params["id"]
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise RecordNotFound
    return _sent(desk, int(text))


def _allowed(desk: Desk) -> Entity:
    entity = desk.entity()
    if not desk.workspace.policy.may_export(desk.actor, entity.name):
        raise Refused(403, NOT_ALLOWED)
    return entity


def _too_many(desk: Desk, page: ExportPage) -> Response:
    reason = too_many(desk, False, MOST_TICKED)
    return desk.redirect(page.address, Flash("error.refused", {"reason": reason}))


def _ask(desk: Desk, entity: Entity) -> Response:
    page = export_page(desk, entity)
    if len(page.ids) > MOST_TICKED:
        return _too_many(desk, page)
    export = page.export(page.asked("csv", every_field=False, names=False, encoding=""))
    count = desk.store.aggregate(desk.actor, export.query, export.request).count
    context = ExportScreen(
        page=desk.page(desk.say("export.title", entity=desk.text(entity.plural))),
        entity=desk.head(entity),
        action=f"/e/{entity.name}/export",
        address=page.address,
        ids=page.ids,
        about=_about(desk, page, count),
        later=desk.say("export.later", count=AT_ONCE) if count > AT_ONCE else "",
        formats=_formats(desk),
        encodings=tuple(Choice(word, desk.say(f"export.{word}")) for word in writers()["csv"].encodings),
        shown=len(page.shown),
        every=len(every_field(entity)) + 1,
    )
    return desk.render("parts/export.html" if desk.request.is_htmx else "screens/export.html", context)


def _about(desk: Desk, page: ExportPage, count: int) -> str:
    """Which records the file will have."""
    if page.ids:
        return desk.say("export.selected", count=count)
    return desk.say("export.of_view", count=count, view=desk.text(page.view.label))


def _formats(desk: Desk) -> tuple[ExportFormat, ...]:
    return tuple(
        ExportFormat(
            name=writer.name,
            label=desk.text(writer.label),
            help=desk.text(writer.help),
            chosen=number == 0,
        )
        for number, writer in enumerate(writers().values())
    )


def _asked(page: ExportPage) -> ExportAsked:
    """What the form says; a word it does not have is the usual one."""
    form = page.desk.request.form
    known = form.get("format", "")
    writer = writers().get(known) or next(iter(writers().values()))
    encoding = form.get("encoding", "")
    return page.asked(
        writer.name,
        every_field=form.get("columns") == ALL,
        names="names" in form,
        encoding=encoding if encoding in writer.encodings else "",
    )


def _sent(desk: Desk, operation_id: int, once: bool = False) -> Response:
    """The file as a download; `once`: it is forgotten when it is sent."""
    services = desk.request.services
    operation = services.operations.read(desk.actor, operation_id)
    path = services.exports.find(operation_id) if _is_own(desk, operation) else None
    if path is None and once and not operation.ended:
        return desk.redirect(f"/operations/{operation_id}")
    if path is None:
        raise Refused(404, message_text("export.gone"))
    title = desk.text(desk.workspace.blueprint.entities[operation.entity].plural)
    headers = {"cache-control": CACHED, "content-security-policy": LOCKED, "x-content-type-options": "nosniff"}
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(operation, title), safe='')}"
    media = writers()[operation.settings["form"]].media_type
    forget = BackgroundTask(services.exports.drop, operation_id) if once else None
    return FileResponse(path, media_type=media, headers=headers, background=forget)


def _is_own(desk: Desk, operation: Operation) -> bool:
    return operation.kind == KIND and operation.actor_id == desk.actor.user_id
