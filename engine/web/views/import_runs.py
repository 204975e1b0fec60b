"""The last steps of an import: its rows are checked, what is wrong is repaired, then an operation writes them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from engine.exchange.check import Check
from engine.exchange.unreadable import UnreadableFile
from engine.exchange.writer import writers
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.web.auditing import noted
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.import_check import ERROR_FILES, CheckPage, repaired
from engine.web.import_run import RunPage
from engine.web.importing import ImportFile, import_file, importing
from engine.web.views.imports import start_check

AT_ONCE = 200
"""The most rows that are imported while the person waits for the answer."""
LONGEST = 10_000
"""Characters of a mended cell."""
LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'"


def show_check(request: WebRequest) -> Response:
    """`/imports/<draft>/check`: what the import will do; the check of a large file shows how far it is."""
    file = import_file(Desk.of(request))
    desk, draft = file.desk, file.draft
    if draft.operation is not None:
        return desk.redirect(f"{file.here}/run")
    if draft.check is not None:
        return _checked(file, draft.check, _place(request.query.get("mend", "")))
    if draft.checking is None:
        return desk.redirect(file.here)
    operation = request.services.operations.read(desk.actor, draft.checking)
    screen = RunPage(file, operation, f"{file.here}/check", step=3).screen()
    return desk.render("parts/import_run.html" if request.is_htmx else "screens/import_run.html", screen)


def repair(request: WebRequest) -> Response:
    """Read rows as the person says from now on, and check them again."""
    file = import_file(Desk.of(request), unused=True)
    try:
        draft = importing(file.desk).settle(file.draft.id, repaired(file))
    except Invalid as invalid:
        reason = file.desk.text(next(iter(invalid.errors.values())))
        return file.desk.redirect(f"{file.here}/check", Flash("error.refused", {"reason": reason}))
    return start_check(ImportFile(file.desk, draft, file.entity))


def mend(request: WebRequest) -> Response:
    """Let another text stand in a cell, or the file's own again; the row is checked with it."""
    file = import_file(Desk.of(request), unused=True)
    place = _place(request.form.get("place", ""))
    if place is None:
        raise RecordNotFound
    text = None if request.form.get("do") == "back" else request.form.get("text", "").strip()[:LONGEST]
    try:
        draft = importing(file.desk).mend(file.draft.id, *place, text)
    except (Refused, UnreadableFile) as refusal:
        flash = Flash("error.refused", {"reason": file.desk.text(refusal.message)})
        return file.desk.redirect(f"{file.here}/check", flash)
    if request.is_htmx and draft.check is not None:
        return _checked(ImportFile(file.desk, draft, file.entity), draft.check)
    return file.desk.redirect(f"{file.here}/check")


def start(request: WebRequest) -> Response:
    """Import the rows: a few at once, many by the runner."""
    file = import_file(Desk.of(request), unused=True)
    try:
        operation = importing(file.desk).start(file.draft.id)
    except Invalid as invalid:
        reason = file.desk.text(next(iter(invalid.errors.values())))
        return file.desk.redirect(file.here, Flash("error.refused", {"reason": reason}))
    noted(file.desk, "imported", (file.entity.name, None), count=file.draft.rows)
    if file.draft.rows <= AT_ONCE:
        request.services.runner.run(operation)
    return file.desk.redirect(f"{file.here}/run")


def show_run(request: WebRequest) -> Response:
    """`/imports/<draft>/run`: how far it is, what became of it, the way back."""
    file = import_file(Desk.of(request))
    desk = file.desk
    if file.draft.operation is None:
        return desk.redirect(file.here)
    operation = request.services.operations.read(desk.actor, file.draft.operation)
    screen = RunPage(file, operation, f"{file.here}/run", step=4).screen()
    return desk.render("parts/import_run.html" if request.is_htmx else "screens/import_run.html", screen)


def error_file(request: WebRequest) -> Response:
    """The rows that were left out, with the reason."""
    file = import_file(Desk.of(request))
    kind = request.path_params["kind"]
    if kind not in ERROR_FILES:
        raise RecordNotFound
    try:
        pieces = importing(file.desk).error_file(file.draft, kind)
    except UnreadableFile as refusal:
        return file.desk.redirect("/imports", Flash("error.refused", {"reason": file.desk.text(refusal.message)}))
    name = file.desk.say("import.error_file", name=file.draft.name.rpartition(".")[0] or file.draft.name)
    headers = {"cache-control": "private, no-store", "content-security-policy": LOCKED}
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}', safe='')}"
    return StreamingResponse(pieces, media_type=writers()[kind].media_type, headers=headers)


def _place(text: str) -> tuple[int, int] | None:
    """The line and the position of a cell, from `<line>.<position>`."""
    line, sign, position = text.partition(".")
    known = sign and all(part.isascii() and part.isdigit() and len(part) < 8 for part in (line, position))
    return (int(line), int(position)) if known else None


def _checked(file: ImportFile, check: Check, editing: tuple[int, int] | None = None) -> Response:
    try:
        screen = CheckPage(file, check, editing).screen()
    except UnreadableFile as refusal:
        return file.desk.redirect("/imports", Flash("error.refused", {"reason": file.desk.text(refusal.message)}))
    part = file.desk.request.is_htmx
    return file.desk.render("parts/import_checked.html" if part else "screens/import_check.html", screen)
