"""Attached files: uploaded for a form or straight to a record, taken away and put back, downloaded."""

from __future__ import annotations

import json
import re

from starlette.responses import FileResponse, Response

from engine.forms import contexts
from engine.forms.file_items import WRITTEN, file_item
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.records.model import Record
from engine.schema.field_type import ValueRefused
from engine.schema.file_kinds import PICTURES_SHOWN, UNKNOWN_MEDIA
from engine.schema.file_ref import FileRef
from engine.schema.model import Field
from engine.web.desk import Desk, WebRequest
from engine.web.downloads import ACTIVE, LOCKED
from engine.web.file_blocks import FileBlocks
from engine.web.flash import Flash
from engine.web.staging import file_field, stage, written

CONTROL_NAME = re.compile(r"[a-z][a-z0-9_.]{0,120}")
PDF = "application/pdf"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""The PDF views of browsers do not work in a sandbox; they run nothing of this site's."""
CACHED = "private, max-age=604800, immutable"


def stage_files(request: WebRequest) -> Response:
    """Files for a form that is not saved yet: the answer is what the form posts to keep them."""
    desk = Desk.of(request)
    field = file_field(desk, desk.entity())
    try:
        files = [stage(desk, field, upload) for _, upload in request.uploads]
    except ValueRefused as refusal:
        return _refused(desk, refusal.message)
    asked = request.form.get("control", "")
    name = asked if CONTROL_NAME.fullmatch(asked) else field.name
    items = tuple(file_item(file, desk.formats) for file in files)
    return desk.render("parts/files_kept.html", contexts.KeptFiles(name, items))


def add_files(request: WebRequest) -> Response:
    """Files straight to a field of a record."""
    desk, record, field = _asked(request)
    kept, errors = list[FileRef](), list[Text]()
    for upload in (*(upload for _, upload in request.uploads), *written(desk, field, "file" + WRITTEN)):
        try:
            kept.append(stage(desk, field, upload))
        except ValueRefused as refusal:
            errors.append(refusal.message)
    if kept:
        try:
            with desk.store.begin(desk.actor, "ui") as write:
                write.add_files(record.entity.name, record.id, field.name, kept)
        except Invalid as invalid:
            errors.append(next(iter(invalid.errors.values())))
    return _answer(desk, field, errors[0] if errors else None)


def remove_file(request: WebRequest) -> Response:
    """Take a file away; it is kept for a while, so that this can be taken back."""
    desk, record, field = _asked(request)
    file_id = _file_id(request)
    file = next((file for file in field.type.files(record.row.get(field.name)) if file.id == file_id), None)
    if file is None:
        raise RecordNotFound
    try:
        with desk.store.begin(desk.actor, "ui") as write:
            write.drop_file(record.entity.name, record.id, field.name, file_id)
    except Invalid as invalid:
        return _answer(desk, field, next(iter(invalid.errors.values())))
    undo = f"/e/{record.entity.name}/{record.id}/files/{field.name}/{file_id}/restore"
    return _answer(desk, field, None, Flash("files.removed", {"name": file.name}, undo))


def restore_file(request: WebRequest) -> Response:
    """Put a file back that was taken away."""
    desk, record, field = _asked(request)
    try:
        with desk.store.begin(desk.actor, "ui") as write:
            write.add_files(record.entity.name, record.id, field.name, [FileRef(_file_id(request))])
    except Invalid as invalid:
        return _answer(desk, field, next(iter(invalid.errors.values())))
    return _answer(desk, field, None)


def download(request: WebRequest) -> Response:
    """The content of a file: shown in the page when it is asked for and safe, else saved."""
    desk = Desk.of(request)
    stored, path = request.services.files.open(desk.store, desk.actor, _number(request.path_params["id"]))
    media, shown = stored.ref.media, bool(request.query.get("view"))
    inline = shown and (media in PICTURES_SHOWN or media == PDF)
    headers = {
        "etag": f'"{stored.hash}"',
        "cache-control": CACHED,
        "vary": "Cookie",
        "content-encoding": "identity",
        "content-security-policy": PDF_POLICY if inline and media == PDF else LOCKED,
    }
    if inline and media == PDF:
        headers["x-frame-options"] = "SAMEORIGIN"
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(
        path,
        media_type=UNKNOWN_MEDIA if media in ACTIVE else media,
        headers=headers,
        filename=stored.ref.name,
        content_disposition_type="inline" if inline else "attachment",
    )


def _asked(request: WebRequest) -> tuple[Desk, Record, Field]:
    desk = Desk.of(request)
    record = desk.record()
    field = file_field(desk, record.entity)
    if not record.may_update or record.row.get("deleted_at") is not None:
        raise Refused(message_text("refused.update", entity=record.entity.label))
    return desk, record, field


def _file_id(request: WebRequest) -> int:
    return _number(request.path_params["file"])


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise RecordNotFound
    return int(text)


def _refused(desk: Desk, reason: Text) -> Response:
    return Response(desk.text(reason), 422, media_type="text/plain")


def _answer(desk: Desk, field: Field, error: Text | None, flash: Flash | None = None) -> Response:
    """The block of the field again; without script the page of the record."""
    record = desk.record()
    if not desk.request.is_htmx:
        told = Flash("error.refused", {"reason": desk.text(error)}) if error else flash
        return desk.redirect(f"/e/{record.entity.name}/{record.id}", told)
    block = FileBlocks(desk, record).block(field, editable=True, error=desk.text(error) if error else "")
    response = desk.render("parts/files.html", contexts.FilesAgain(block), 422 if error else 200)
    events: dict[str, object] = {"record-changed": {}}
    if flash:
        events["toast"] = {"text": desk.say(flash.key, **flash.values), "undo": flash.undo_url}
    response.headers["hx-trigger"] = json.dumps(events)
    return response
