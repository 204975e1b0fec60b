"""The files of a record: listed, added, downloaded, taken away; and files for a record that is about to be written."""

from __future__ import annotations

import json

from starlette.responses import FileResponse, Response

from engine.access.api_answers import Answer
from engine.locale.catalogue import message_text
from engine.records.errors import RecordNotFound, Refused
from engine.records.files import StoredFile
from engine.records.model import Record
from engine.records.writing import Write
from engine.schema.field_type import ValueRefused
from engine.schema.file_kinds import UNKNOWN_MEDIA
from engine.schema.file_ref import FileRef
from engine.schema.model import Entity, Field
from engine.web.api.asking import check_parameters
from engine.web.api.known_problems import code_of
from engine.web.api.problem import FieldError, Problem, refused
from engine.web.api.request import SOURCE, ApiRequest, address, json_answer
from engine.web.api.rows import Json, moment
from engine.web.api.writing import had_before, once, writable
from engine.web.downloads import ACTIVE, LOCKED

PART = "file"


def list_files(api: ApiRequest) -> Response:
    check_parameters(api.query, ())
    record = _record(api)
    return json_answer({"data": [_told(record, file) for file in api.services.files.of(api.store, record)]})


def add_files(api: ApiRequest) -> Response:
    """To the field named in the part `field`, else to the record itself."""
    check_parameters(api.query, ())
    entity = writable(api)
    record, field = _record(api), _field(api, entity)
    if not record.may_update:
        raise Refused(message_text("refused.update", entity=entity.label))
    if before := had_before(api):
        return before
    staged = _stage(api, field)

    def act(write: Write) -> Answer:
        if field:
            write.add_files(entity.name, record.id, field.name, staged)
        else:
            write.attach(entity.name, record.id, [file.id for file in staged])
        ids = {file.id for file in staged}
        held = api.services.files.of(api.store.within(write.connection), record)
        return _answer([_told(record, file) for file in held if file.ref.id in ids])

    return once(api, act)


def stage_files(api: ApiRequest) -> Response:
    """Files that a record written within a day may name by their ids."""
    check_parameters(api.query, ())
    field = _field(api, writable(api))
    if before := had_before(api):
        return before
    answer = _answer([_ref(file) for file in _stage(api, field)])
    return once(api, lambda write: answer)


def download(api: ApiRequest) -> Response:
    check_parameters(api.query, ())
    record = _record(api)
    file = _file(api, record)
    stored, path = api.services.files.open(api.store, api.actor, file.ref.id)
    media = UNKNOWN_MEDIA if stored.ref.media in ACTIVE else stored.ref.media
    headers = {"content-security-policy": LOCKED, "content-encoding": "identity", "etag": f'"{stored.hash}"'}
    return FileResponse(path, media_type=media, headers=headers, filename=stored.ref.name)


def remove_file(api: ApiRequest) -> Response:
    check_parameters(api.query, ())
    entity = writable(api)
    record = _record(api)
    file = _file(api, record)
    if not file.field:
        raise refused("invalid", "file_kept")
    with api.store.begin(api.actor, SOURCE) as write:
        write.drop_file(entity.name, record.id, file.field, file.ref.id)
    return Response(status_code=204)


def _answer(files: list[dict[str, Json]]) -> Answer:
    return Answer(201, json.dumps({"data": files}, ensure_ascii=False, separators=(",", ":")))


def _record(api: ApiRequest) -> Record:
    record = api.store.get(api.actor, api.entity().name, api.record_id())
    if record.row["deleted_at"] is not None:
        raise refused("gone")
    return record


def _file(api: ApiRequest, record: Record) -> StoredFile:
    wanted = api.record_id("file")
    found = next((file for file in api.services.files.of(api.store, record) if file.ref.id == wanted), None)
    if found is None:
        raise RecordNotFound
    return found


def _field(api: ApiRequest, entity: Entity) -> Field | None:
    """The field that the part `field` names. Raises `Problem` for one that holds no files."""
    name = api.form.get("field", "")
    field = entity.fields.get(name)
    if not name:
        return None
    if field is None or not field.type.holds_files:
        raise _wrong("field", "no_files", "api.no_files", name=name[:40])
    return field


def _stage(api: ApiRequest, field: Field | None) -> list[FileRef]:
    """Keep the uploads; when one is refused, what was kept before it is collected in time."""
    uploads = [upload for name, upload in api.uploads if name == PART]
    if not uploads or len(uploads) < len(api.uploads):
        raise _wrong(PART, "required", "api.file_part")

    def check(file: FileRef) -> None:
        if field:
            field.type.check_file(file, field)

    try:
        return [api.services.files.stage(api.actor, upload, check) for upload in uploads]
    except ValueRefused as refusal:
        raise _refusal(PART, refusal) from refusal


def _wrong(field: str, code: str, key: str, **values: str) -> Problem:
    return Problem(
        "invalid", message_text("api.invalid", count=1), [FieldError(field, code, message_text(key, **values))]
    )


def _refusal(field: str, refusal: ValueRefused) -> Problem:
    error = FieldError(field, code_of(refusal.message), refusal.message)
    return Problem("invalid", message_text("api.invalid", count=1), [error])


def _ref(file: FileRef) -> dict[str, Json]:
    return {"id": str(file.id), "name": file.name, "media": file.media, "size": file.size}


def _told(record: Record, file: StoredFile) -> dict[str, Json]:
    return {
        **_ref(file.ref),
        "field": file.field or None,
        "created_at": moment(file.created_at),
        "created_by": file.who or None,
        "url": address(record.entity.name, record.id, "files", file.ref.id),
    }
