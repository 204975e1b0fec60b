"""One value of a record as a template draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.forms.contexts import LinkedRecord, Mark, Tag, Value
from engine.forms.file_items import picture_url
from engine.forms.marks import person_mark, record_mark
from engine.locale.formats import Formats
from engine.schema.model import Field

PEOPLE = ("user",)
Titles = Mapping[tuple[str, int], str]
"""Titles of records by (entity, id)."""


def value_of(field: Field, row: Mapping[str, Any], formats: Formats, *, short: bool = False) -> Value:
    """The value of `field` in a row that brings the titles of its links as `<link>__title`; `short` as in a list."""
    raw = row.get(field.name)
    widget = field.type.widget
    if raw is None:
        return Value(widget, "")
    if field.type.kept_apart:
        return _linked(field, row)
    if field.targets:
        ((entity, record_id),) = field.references(raw)
        title = str(row.get(f"{field.name}__title") or "")
        return Value(widget, title, href=_page_of(entity, record_id) if title else "", mark=_mark(entity, title))
    if field.target:
        title = str(row.get(f"{field.name}__title") or "")
        return Value(widget, title, href=record_url(field, raw) if title else "", mark=mark_of(field, title))
    option = field.option(raw) if field.options and isinstance(raw, str) else None
    text = (field.type.format_short if short else field.type.format)(raw, field, formats)
    return Value(
        widget,
        text,
        href=field.type.href(raw, field),
        hue=option.hue if option else "",
        yes=raw is True,
        tags=tuple(Tag(label, hue) for label, hue in field.type.tags(raw, field, formats)),
        html=field.type.html(raw),
        picture=picture_url(field.type.picture(raw)),
    )


def pick_url(field: Field) -> str:
    """Where a picker for the field finds records; empty when it names none."""
    asking = f"?field={field.entity}.{field.name}"
    if len(field.targets) > 1 or (field.targets and not field.type.kept_apart):
        return f"/pick/any{asking}"
    aim = field.target or next(iter(field.targets), field.entity if field.type.suggested else "")
    return f"/pick/{aim}{asking}" if aim else ""


def _linked(field: Field, row: Mapping[str, Any]) -> Value:
    """Each linked record the person may read, as a link to it."""
    named = row.get(f"{field.name}__titles") or ()
    linked = tuple(
        LinkedRecord(title, _page_of(entity, record_id), _mark(entity, title)) for entity, record_id, title in named
    )
    return Value(field.type.widget, ", ".join(record.text for record in linked), linked=linked)


def text_of(field: Field, value: Any, formats: Formats, titles: Titles, missing: str = "") -> str:
    """The value as a plain text; a link is its title, `missing` when it is not among `titles`."""
    if value is None:
        return ""
    if field.target or field.targets:
        return ", ".join(filter(None, (titles.get(reference, missing) for reference in field.references(value))))
    return field.type.format(value, field, formats)


def mark_of(field: Field, title: str) -> Mark | None:
    if not title:
        return None
    return _mark(field.target or "", title)


def _mark(entity: str, title: str) -> Mark:
    return person_mark(title) if entity in PEOPLE else record_mark(title)


def record_url(field: Field, record_id: Any) -> str:
    return _page_of(field.target or "", record_id)


def _page_of(entity: str, record_id: Any) -> str:
    """Users and teams have no page of their own yet; every other record has."""
    return "" if entity in ("user", "team") else f"/e/{entity}/{record_id}"
