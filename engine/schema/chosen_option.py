"""Reading and showing one option of a field, for choices and stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.locale.formats import Formats

if TYPE_CHECKING:
    from engine.schema.model import Field

OPTIONS: dict[str, Any] = {
    "description": "The name of an option set, or the options themselves: key -> label, or "
    "key -> {label, hue}. A label is a text or a map language -> text.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": ["string", "object", "number", "null"]},
        },
    ],
}


def option_key(typed: str, field: Field) -> str | None:
    """The key for a key, or for a label in any language whatever its case; None when there is no such option."""
    if field.option(typed):
        return typed
    wanted = typed.casefold()
    labels = ((text, option.key) for option in field.options for _language, text in option.label.by_language)
    return next((key for text, key in labels if text.casefold() == wanted), None)


def option_label(key: str, field: Field, formats: Formats) -> str:
    """The label; the key itself for an option that no longer exists."""
    option = field.option(key)
    return option.label.in_(formats.language or "en") if option else key
