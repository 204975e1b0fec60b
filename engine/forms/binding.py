"""What a form submitted -> values, errors, and what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field as default
from typing import Any

from engine.expressions.types import Kind
from engine.forms.columns import is_lines, is_writable
from engine.forms.model import LinesBlock
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import ValueRefused, refuse
from engine.schema.model import Field

PRESENT = ".present"
"""Ends the name of the hidden input beside a checkbox: an unchecked one submits nothing else."""
BY_TITLE = ".titles"
"""Ends the name of the input for the titles of records to be linked, where there is no script to pick them."""
SHOWN = ".shown"
"""Ends the name of the hidden input with the linked records as they were shown."""
CLEAR = ".clear"
"""Ends the name of the box that empties a secret: a blank input keeps it."""
PLACE = "_place"
_VERSION = re.compile(r"[0-9]{1,9}")
_ID = re.compile(r"[0-9]{1,16}")
_LINE = re.compile(r"([0-9]{1,6})\.([a-z_][a-z0-9_.]*)")


@dataclass(frozen=True, slots=True)
class Bound:
    """By field name, for the fields that were submitted: values (None is empty) or an error, and what was typed."""

    values: Mapping[str, Any] = default(default_factory=dict)
    errors: Mapping[str, Text] = default(default_factory=dict)
    typed: Mapping[str, str] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundLine:
    """One submitted line item. `index` is its number in the form, `id` its record, None for a new one."""

    index: int
    id: int | None
    delete: bool
    bound: Bound
    version: int | None = None
    """The version of the line item that the form was filled from."""
    place: int | None = None
    """Where it stands on the form among the others."""


class Repeated(str):
    """The last of several texts that were posted under one name; `texts` are all of them."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> Repeated:
        repeated = cls(texts[-1])
        repeated.texts = texts
        return repeated


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The texts of a form or query by name; of a repeated name the last, which knows the others."""
    texts: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        texts[name] = (*texts.get(name, ()), text)
    return {name: found[0] if len(found) == 1 else Repeated.of(found) for name, found in texts.items()}


def bind(fields: Iterable[Field], submitted: Mapping[str, str], formats: Formats) -> Bound:
    """Parse each submitted field with its type. Fields that are not in `submitted`, or that nobody may set, are
    left out; required fields are the store's to check."""
    values, errors, typed = dict[str, Any](), dict[str, Text](), dict[str, str]()
    for field in fields:
        text = _submitted(field, submitted)
        if text is None or is_lines(field) or not is_writable(field):
            continue
        if field.type.sealed and not text.strip() and field.name + CLEAR not in submitted:
            continue
        typed[field.name] = text
        try:
            values[field.name] = read_value(field, text, formats)
        except ValueRefused as refusal:
            errors[field.name] = refusal.message
    return Bound(values, errors, typed)


def left_empty(fields: Iterable[Field], bound: Bound) -> dict[str, Text]:
    """Errors of the fields that are always required and were submitted empty: told together with the others."""
    empty = {name for name in bound.typed if name not in bound.errors and bound.values.get(name) is None}
    left = [field for field in fields if field.always_required and field.name in empty]
    return {field.name: message_text("value.required", label=field.label) for field in left}


def _submitted(field: Field, submitted: Mapping[str, str]) -> str | None:
    """What was typed; "" for an unchecked checkbox; None when the field was not on the form. Of a repeated name every
    text counts, a line each, if its type says so, else the last: a ticked checkbox comes after its hidden twin."""
    text = submitted.get(field.name)
    if text is None:
        return "" if field.name + PRESENT in submitted else None
    return "\n".join(text.texts) if field.type.repeated and isinstance(text, Repeated) else str(text)


def read_value(field: Field, typed: str, formats: Formats) -> Any:
    """The value of a typed text; None when it is empty, False for an empty checkbox. Raises `ValueRefused`."""
    if "\0" in typed:
        raise refuse("nul")
    text = typed if field.type.repeated else typed.strip()
    if not text.strip():
        return False if field.type.expression_type(field).kind is Kind.BOOLEAN else None
    value = field.type.parse(text, field, formats)
    if value is not None:
        field.type.validate(value, field)
    return value


def bind_lines(
    block: LinesBlock, submitted: Mapping[str, str], formats: Formats, *, keep_empty: bool = False
) -> tuple[BoundLine, ...]:
    """The line items submitted as `lines.0.product`, `lines.0.id`, `lines.0._delete`, by their `lines.0._place`, else
    by their numbers.
    New ones that are deleted are left out, and wholly empty ones too unless they are kept; a deleted one has no
    values."""
    fields = [column.field for column in block.columns]
    lines = (_line(index, texts, fields, formats, keep_empty) for index, texts in _by_index(block, submitted).items())
    found = [line for line in lines if line is not None]
    return tuple(sorted(found, key=lambda line: (line.index if line.place is None else line.place, line.index)))


def _by_index(block: LinesBlock, submitted: Mapping[str, str]) -> Mapping[int, Mapping[str, str]]:
    found: dict[int, dict[str, str]] = {}
    prefix = block.field.name + "."
    for name, text in submitted.items():
        match = _LINE.fullmatch(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = text
    return found


def _line(
    index: int, texts: Mapping[str, str], fields: list[Field], formats: Formats, keep_empty: bool
) -> BoundLine | None:
    written = texts.get("id", "").strip()
    record = int(written) if _ID.fullmatch(written) else None
    delete = bool(texts.get("_delete", "").strip())
    bound = bind(fields, texts, formats)
    if record is None and (delete or not (keep_empty or any(typed.strip() for typed in bound.typed.values()))):
        return None
    version = texts.get("version", "")
    read = int(version) if _VERSION.fullmatch(version) else None
    place = int(texts[PLACE]) if _VERSION.fullmatch(texts.get(PLACE, "")) else None
    return BoundLine(index, record, delete, Bound(typed=bound.typed) if delete else bound, read, place)
