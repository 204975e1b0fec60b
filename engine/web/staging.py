"""Files that come with a form: kept before the form is judged, so that a mistake in it does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.forms.columns import is_writable
from engine.forms.file_items import UPLOAD
from engine.locale.text import Text
from engine.records.errors import RecordNotFound
from engine.records.files import Upload
from engine.schema.field_type import ValueRefused
from engine.schema.file_ref import FileRef
from engine.schema.model import Entity, Field
from engine.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Staged:
    """`lines` are posted by the form from now on, as (name, text); `errors` by field name."""

    lines: tuple[tuple[str, str], ...]
    errors: dict[str, Text]


def stage(desk: Desk, field: Field, upload: Upload) -> FileRef:
    """Raises `ValueRefused`."""
    return desk.request.services.files.stage(desk.actor, upload, lambda file: field.type.check_file(file, field))


def stage_all(desk: Desk, fields: Iterable[Field]) -> Staged:
    """Keep every file that was chosen without script."""
    known = {field.name: field for field in fields if field.type.holds_files and is_writable(field)}
    lines, errors = list[tuple[str, str]](), dict[str, Text]()
    for name, upload in desk.request.uploads:
        field = known.get(name.removesuffix(UPLOAD))
        if field is None or not name.endswith(UPLOAD):
            continue
        try:
            lines.append((field.name, stage(desk, field, upload).line()))
        except ValueRefused as refusal:
            errors.setdefault(field.name, refusal.message)
    return Staged(tuple(lines), errors)


def file_field(desk: Desk, entity: Entity) -> Field:
    """The field of the address that takes files. Raises `RecordNotFound`."""
    field = entity.fields.get(desk.request.path_params["field"])
    if field is None or not field.type.holds_files or not is_writable(field):
        raise RecordNotFound
    return field
