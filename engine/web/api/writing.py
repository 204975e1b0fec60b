"""Writing: create, change, delete and restore, all through the gateway; a request under an Idempotency-Key once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, BinaryIO

from starlette.responses import Response

from engine.access.api_answers import LONGEST_KEY, Answer, Once, OtherRequest, answered, known
from engine.locale.catalogue import message_text
from engine.records.errors import Invalid, RecordNotFound
from engine.records.writing import Write
from engine.schema.model import Entity
from engine.web.api.asking import ONE_PARAMETERS, asked_fields, check_parameters
from engine.web.api.drafts import Draft, read_draft
from engine.web.api.problem import FieldError, Problem, refused
from engine.web.api.reading import record_json
from engine.web.api.request import SOURCE, ApiRequest, address, may_write
from engine.web.api.rows import Json
from engine.web.api.strict_json import read_object

KEY = "idempotency-key"
VISIBLE = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")
CHUNK = 256 * 1024


def create_record(api: ApiRequest) -> Response:
    entity = writable(api)
    check_parameters(api.query, ONE_PARAMETERS)
    draft = read_draft(api.workspace.blueprint.entities, entity, read_object(api.body), new=True)

    def act(write: Write) -> Answer:
        record_id, _ = carry_out(write, entity, None, draft)
        return Answer(201, written(api, write, entity, record_id), address(entity.name, record_id))

    return once(api, act)


def change_record(api: ApiRequest) -> Response:
    entity, record_id = writable(api), api.record_id()
    check_parameters(api.query, ONE_PARAMETERS)
    draft = read_draft(api.workspace.blueprint.entities, entity, read_object(api.body), new=False)

    def act(write: Write) -> Answer:
        carry_out(write, entity, record_id, draft)
        return Answer(200, written(api, write, entity, record_id))

    with _telling_what_is_gone(api, entity, record_id):
        return once(api, act)


def delete_record(api: ApiRequest) -> Response:
    """Into the bin."""
    entity, record_id = writable(api), api.record_id()
    check_parameters(api.query, ())
    with _telling_what_is_gone(api, entity, record_id):
        api.store.delete(api.actor, entity.name, record_id, SOURCE)
    return Response(status_code=204)


def restore_record(api: ApiRequest) -> Response:
    """Out of the bin; a record that is not in it stays as it is."""
    entity, record_id = writable(api), api.record_id()
    check_parameters(api.query, ONE_PARAMETERS)

    def act(write: Write) -> Answer:
        try:
            write.restore(entity.name, record_id)
        except RecordNotFound:
            if api.store.get(api.actor, entity.name, record_id).row["deleted_at"] is not None:
                raise
        return Answer(200, written(api, write, entity, record_id))

    return once(api, act)


@contextmanager
def _telling_what_is_gone(api: ApiRequest, entity: Entity, record_id: int) -> Iterator[None]:
    """A record that is not found because it lies in the bin is told to be there, to who may see it there."""
    try:
        yield
    except RecordNotFound:
        if api.store.get(api.actor, entity.name, record_id).row["deleted_at"] is None:
            raise
        raise refused("gone") from None


def writable(api: ApiRequest) -> Entity:
    entity = api.entity()
    if not may_write(entity):
        raise refused("forbidden", "builtin", entity=entity.plural)
    return entity


def carry_out(write: Write, entity: Entity, record_id: int | None, draft: Draft) -> tuple[int, int]:
    """Id and version of the record that was written. Raises `Invalid` with everything that stands against it."""
    if draft.errors:
        found = write.judge(entity.name, record_id, draft.values, draft.lines, frozenset(draft.errors))
        raise Invalid({**found, **draft.errors})
    if record_id is None:
        return write.create(entity.name, draft.values, draft.lines), 1
    return record_id, write.change(entity.name, record_id, draft.values, draft.version, draft.lines)


def written(api: ApiRequest, write: Write, entity: Entity, record_id: int) -> str:
    """The record as it stands now; of one the user may not read any more no more than its id."""
    store = api.store.within(write.connection)
    told: Json
    try:
        record = store.get(api.actor, entity.name, record_id)
        told = record_json(api, store, record, asked_fields(api.query, entity), "fields" not in api.query)
    except RecordNotFound:
        told = {"id": str(record_id)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def once(api: ApiRequest, act: Callable[[Write], Answer]) -> Response:
    """Carry out `act` in one transaction; under a key that was used for the same request, give its answer again."""
    request = _request(api)
    with api.store.begin(api.actor, SOURCE) as write:
        if request is None:
            return _response(act(write), False)
        try:
            answer, again = answered(write.connection, request, api.services.clock.now(), lambda: act(write))
        except OtherRequest:
            raise refused("key_reused") from None
    return _response(answer, again)


def had_before(api: ApiRequest) -> Response | None:
    """The answer that the request had under its key: for what must be done before its transaction begins."""
    request = _request(api)
    if request is None:
        return None
    try:
        with api.store.reading() as connection:
            answer = known(connection, request, api.services.clock.now())
    except OtherRequest:
        raise refused("key_reused") from None
    return _response(answer, True) if answer else None


def _request(api: ApiRequest) -> Once | None:
    """None without a key."""
    key = _key(api)
    return Once(api.user.token_id, key, _fingerprint(api)) if key else None


def _key(api: ApiRequest) -> str:
    key = api.headers.get(KEY, "").strip()
    if KEY in api.headers and not VISIBLE.fullmatch(key):
        text = message_text("api.key", most=LONGEST_KEY)
        raise Problem("bad_request", text, [FieldError("Idempotency-Key", "key", text)])
    return key


def _fingerprint(api: ApiRequest) -> str:
    """What tells a request from another one: also the parts of a form, and what its files hold."""
    files = [(part, upload.name, _digest(upload.stream)) for part, upload in api.uploads]
    parts = json.dumps([sorted(api.query.multi_items()), sorted(api.form.multi_items()), files])
    return sha256(b"\0".join((api.method.encode(), api.path.encode(), parts.encode(), api.body))).hexdigest()


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    found = sha256()
    while piece := stream.read(CHUNK):
        found.update(piece)
    return found.hexdigest()


def _response(answer: Answer, again: bool) -> Response:
    headers: dict[str, Any] = {"location": answer.location} if answer.location else {}
    if again:
        headers["idempotency-replayed"] = "true"
    return Response(answer.body.encode(), answer.status, headers, "application/json")
