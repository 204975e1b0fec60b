"""One value of a record as a template draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.forms.contexts import Mark, Tag, Value
from engine.forms.marks import person_mark, record_mark
from engine.locale.formats import Formats
from engine.schema.model import Field

PEOPLE = ("user",)


def value_of(field: Field, row: Mapping[str, Any], formats: Formats, *, short: bool = False) -> Value:
    """The value of `field` in a row that brings the titles of its links as `<link>__title`; `short` as in a list."""
    raw = row.get(field.name)
    widget = field.type.widget
    if raw is None:
        return Value(widget, "")
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
    )


def text_of(field: Field, value: Any, formats: Formats, title: str = "") -> str:
    """The value as a plain text; a link is its title."""
    if value is None:
        return ""
    return title if field.target else field.type.format(value, field, formats)


def mark_of(field: Field, title: str) -> Mark | None:
    if not title:
        return None
    return person_mark(title) if field.target in PEOPLE else record_mark(title)


def record_url(field: Field, record_id: Any) -> str:
    """Users and teams have no page of their own yet; every other record has."""
    return "" if field.target in ("user", "team") else f"/e/{field.target}/{record_id}"
