"""The first steps of an import: the file comes in, its columns are given fields. Nothing is written to records."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from engine.exchange.imports import AT_ONCE
from engine.exchange.plan import ImportPlan
from engine.exchange.reading import formats, suffixes
from engine.exchange.sheet import ReadOptions, Sheet
from engine.exchange.targets import importable
from engine.exchange.unreadable import UnreadableFile
from engine.forms import contexts
from engine.forms.contexts import Choice, ImportWanted, Link
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound
from engine.schema.file_ref import clean_name
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.import_columns import ColumnPage
from engine.web.import_form import submitted_plan
from engine.web.import_preview import preview
from engine.web.import_steps import import_head, import_rows, inner, reading
from engine.web.importing import ImportFile, import_file, importable_entities, importing, may_import, record_number

MEGABYTE = 1024 * 1024
LISTED, DRAFTS_SHOWN = 50, 5
Errors = dict[str, Text]


def show_imports(request: WebRequest) -> Response:
    """`/imports`: what the person began, and what has been imported."""
    desk = Desk.of(request)
    operations = {operation.id: operation for operation in request.services.operations.listed(desk.actor, limit=200)}
    starts = tuple(
        Link(desk.text(entity.plural), f"/e/{entity.name}/import", entity.icon) for entity in importable_entities(desk)
    )
    rows = tuple(import_rows(desk, importing(desk).drafts(LISTED), operations))
    return desk.render("screens/imports.html", contexts.ImportsScreen(desk.page(desk.say("import.all")), rows, starts))


def show_upload(request: WebRequest) -> Response:
    """`/e/<entity>/import`"""
    desk = Desk.of(request)
    return _upload_page(desk, _importable(desk))


def upload(request: WebRequest) -> Response:
    """Keep the file, and go on to its columns."""
    desk = Desk.of(request)
    entity = _importable(desk)
    sent = [upload for name, upload in request.uploads if name == "file"]
    try:
        if not sent:
            return _upload_page(desk, entity, desk.say("import.no_file"))
        if not sent[0].whole:
            raise UnreadableFile("too_large", limit=request.services.settings.import_limit // MEGABYTE)
        draft = importing(desk).upload(entity.name, clean_name(sent[0].name), sent[0].stream)
    except UnreadableFile as refusal:
        return _upload_page(desk, entity, desk.text(refusal.message))
    return desk.redirect(f"/imports/{draft.id}")


def show_map(request: WebRequest) -> Response:
    """`/imports/<draft>`: which column goes where."""
    file = import_file(Desk.of(request))
    if file.draft.operation is not None:
        return file.desk.redirect(f"{file.here}/run")
    return _map_page(file, file.plan)


def save_map(request: WebRequest) -> Response:
    """Keep what was decided; then what the pressed button says: show what follows, read anew, go on to the check."""
    file = import_file(Desk.of(request), unused=True)
    desk, do = file.desk, request.form.get("do", "show")
    if do == "reread":
        return _reread(file)
    plan = submitted_plan(file)
    if recipe := record_number(request.form.get("recipe", "")):
        titles = [column.title for column in file.summary]
        applied = request.services.recipes.get(desk.actor, file.entity.name, recipe).applied(titles)
        plan = replace(applied, mended=plan.mended)
    try:
        importing(desk).settle(file.draft.id, plan)
        refused: Errors = {}
    except Invalid as invalid:
        refused = dict(invalid.errors)
    if request.is_htmx and do == "show":
        shown = ColumnPage(file, plan).map(preview(file, plan), refused)
        return desk.render("parts/import_live.html", contexts.ImportLive(shown, desk.head(file.entity)))
    if errors := refused | (_still_open(file, plan) if do == "check" else {}):
        return _map_page(file, plan, errors)
    if do == "keep":
        return _keep_recipe(file, plan)
    if do == "check":
        return start_check(file)
    return desk.redirect(file.here)


def start_check(file: ImportFile) -> Response:
    """Check the rows while the person waits, or in the background when there are many."""
    try:
        if file.draft.rows > AT_ONCE:
            importing(file.desk).start_check(file.draft.id)
        else:
            importing(file.desk).check(file.draft.id)
    except UnreadableFile as refusal:
        return _map_page(file, file.plan, {"": refusal.message})
    return file.desk.redirect(f"{file.here}/check")


def drop(request: WebRequest) -> Response:
    """Give a draft up."""
    file = import_file(Desk.of(request), unused=True)
    importing(file.desk).drop(file.draft.id)
    return file.desk.redirect("/imports")


def _importable(desk: Desk) -> Entity:
    entity = desk.entity()
    if not may_import(desk, entity.name):
        raise RecordNotFound
    return entity


def _upload_page(desk: Desk, entity: Entity, error: str = "") -> Response:
    if error and desk.request.is_htmx:
        return Response(error, 422, media_type="text/plain")
    open_ = [
        draft for draft in importing(desk).drafts(LISTED) if draft.entity == entity.name and draft.operation is None
    ]
    limit = desk.request.services.settings.import_limit
    fields = sorted(importable(entity), key=lambda field: not field.always_required)
    context = contexts.ImportUploadScreen(
        page=desk.page(desk.say("import.of", entity=inner(desk, desk.text(entity.plural)))),
        head=import_head(desk, entity, 1),
        action=f"/e/{entity.name}/import",
        accept=",".join((*suffixes(), *(media for item in formats().values() for media in item.media_types))),
        kinds=desk.say("shell.list_separator").join(desk.text(item.label) for item in formats().values()),
        limit=limit,
        limit_text=desk.say("files.size_mb", size=desk.formats.number(limit // MEGABYTE)),
        columns=tuple(ImportWanted(desk.text(field.label), field.type.icon, field.always_required) for field in fields),
        drafts=tuple(import_rows(desk, open_[:DRAFTS_SHOWN], {})),
        error=error,
    )
    return desk.render("screens/import_upload.html", context, 422 if error else 200)


def _map_page(file: ImportFile, plan: ImportPlan, errors: Errors | None = None) -> Response:
    desk = file.desk
    try:
        page, shown = ColumnPage(file, plan), preview(file, plan)
    except UnreadableFile as refusal:
        return _upload_page(desk, file.entity, desk.text(refusal.message))
    titles = [column.title for column in file.summary]
    recipes = [each for each in desk.request.services.recipes.of(desk.actor, file.entity.name) if each.fits(titles)]
    head = import_head(desk, file.entity, 2, file.draft)
    context = contexts.ImportMapScreen(
        page=desk.page(head.title),
        head=head,
        action=file.here,
        map=page.map(shown, errors or {}),
        reading=reading(desk, file.entity, replace(file.draft, plan=plan), file.sheet),
        recipes=tuple(Choice(str(each.id), each.name) for each in recipes),
        recipe_name="",
        back_url=f"/e/{file.entity.name}/import",
    )
    return desk.render("screens/import_map.html", context, 422 if errors else 200)


def _reread(file: ImportFile) -> Response:
    try:
        importing(file.desk).reread(file.draft.id, _asked_reading(file, file.sheet))
    except UnreadableFile as refusal:
        return _map_page(file, file.plan, {"": refusal.message})
    return file.desk.redirect(file.here)


def _asked_reading(file: ImportFile, read: Sheet) -> ReadOptions:
    """What the form says; a line that was found by itself is looked for again."""
    form, line = file.desk.request.form, file.desk.request.form.get("header_line", "").strip()
    number = int(line) if line.isascii() and line.isdigit() and len(line) < 7 else 0
    found = number == read.header_line and not file.draft.options.header_line
    return ReadOptions(
        sheet=form.get("sheet", read.name) if read.sheets else "",
        encoding=form.get("encoding", read.encoding) if read.encoding else "",
        delimiter=form.get("delimiter", read.delimiter) if read.encoding else "",
        header_line=0 if found else number,
    )


def _keep_recipe(file: ImportFile, plan: ImportPlan) -> Response:
    desk = file.desk
    name = desk.request.form.get("recipe_name", "").strip()
    if not name:
        wrong = message_text("value.required", label=message_text("import.recipe_name"))
        return _map_page(file, plan, {"": wrong})
    desk.request.services.recipes.keep(desk.actor, file.entity.name, name, plan)
    return desk.redirect(file.here, Flash("import.kept", {"name": name[:60]}))


def _still_open(file: ImportFile, plan: ImportPlan) -> Errors:
    """Required fields that neither a column nor a value for all rows goes to."""
    missing = ColumnPage(file, plan).missing()
    return {f"fixed.{field.name}": message_text("value.required", label=field.label) for field in missing}
