"""Files that come with a form: kept before the form is judged, so that a mistake in it does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from engine.forms.columns import is_writable
from engine.forms.file_items import UPLOAD, WRITTEN
from engine.locale.text import Text
from engine.records.errors import RecordNotFound
from engine.records.files import Upload
from engine.schema.field_type import ValueRefused
from engine.schema.file_ref import FileRef
from engine.schema.model import Entity, Field
from engine.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Staged:
    """`lines` are posted by the form from now on, as (name, text); `errors` by field name. `replaced` are
    fields of one file, where the new one takes the place of what the form keeps."""

    lines: tuple[tuple[str, str], ...]
    errors: dict[str, Text]
    replaced: frozenset[str]


def stage(desk: Desk, field: Field, upload: Upload) -> FileRef:
    """Raises `ValueRefused`."""
    return desk.request.services.files.stage(desk.actor, upload, lambda file: field.type.check_file(file, field))


def stage_all(desk: Desk, fields: Iterable[Field]) -> Staged:
    """Keep every file that was chosen without script."""
    known = {field.name: field for field in fields if field.type.holds_files and is_writable(field)}
    sent = [(known.get(name.removesuffix(UPLOAD)), upload) for name, upload in desk.request.uploads]
    sent += [(field, upload) for field in known.values() for upload in written(desk, field, field.name + WRITTEN)]
    lines, errors = list[tuple[str, str]](), dict[str, Text]()
    for field, upload in sent:
        if field is None:
            continue
        try:
            lines.append((field.name, stage(desk, field, upload).line()))
        except ValueRefused as refusal:
            errors.setdefault(field.name, refusal.message)
    single = {name for name, _ in lines if known[name].type.most_files(known[name]) == 1}
    return Staged(tuple(lines), errors, frozenset(single))


def written(desk: Desk, field: Field, control: str) -> list[Upload]:
    """The text that was typed instead of choosing a file, as one; none when nothing was."""
    made = field.type.written_file(desk.request.form.get(control, "")) if field.type.may_be_written else None
    return [Upload(made[0], BytesIO(made[1]))] if made else []


def file_field(desk: Desk, entity: Entity) -> Field:
    """The field of the address that takes files. Raises `RecordNotFound`."""
    field = entity.fields.get(desk.request.path_params["field"])
    if field is None or not field.type.holds_files or not is_writable(field):
        raise RecordNotFound
    return field
