"""A number of stars."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column

from engine.expressions.types import INTEGER, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse
from engine.schema.numbers import rounded

if TYPE_CHECKING:
    from engine.schema.model import Field

MOST = 5
LONGEST = 40
FULL, EMPTY = "★", "☆"
NUMBER = re.compile(r"(\d{1,2})(?:\s*/\s*(\d{1,2})|\s*(?:stars?|星|颗星))?", re.ASCII)
STARS = re.compile(f"({FULL}*){EMPTY}*")


class Rating(FieldType):
    name = "rating"
    label = Text.of({"en": "Rating", "zh-CN": "评分"})
    help = Text.of({"en": "A number of stars.", "zh-CN": "以星级表示的评分。"})
    icon = "star"
    hue = "amber"
    options = {
        "max": {
            "type": "integer",
            "minimum": 2,
            "maximum": 10,
            "description": f"The most stars there are; {MOST} when it is not written.",
        },
    }
    samples = (
        Sample("4", 4, "★★★★☆", {"max": 5}),
        Sample("2/3", 2, "★★☆", {"max": 3}),
        Sample("★★☆☆☆", 2, "★★☆☆☆"),
        Sample("３星", 3, "★★★☆☆"),
        Sample("1 star", 1, "★☆☆☆☆"),
    )
    refused = ("good", "好", "0", "6", "-1", "2.5", "4/10", "☆☆☆☆☆", "★" * 6, "1" * 60)
    comparisons = ("at_least", "at_most", "is", "empty", "not_empty")
    widget = "rating"
    width = 112
    slot = "meta"

    def expression_type(self, field: Field) -> Type:
        return INTEGER

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "integer", "minimum": 1, "maximum": _most(field)}

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        text = unicodedata.normalize("NFKC", typed[:LONGEST]).lower()
        if stars := STARS.fullmatch(text):
            return len(stars[1])
        found = NUMBER.fullmatch(text)
        if found is None or int(found[2] or _most(field)) != _most(field):
            raise refuse("rating", limit=_most(field))
        return int(found[1])

    def from_expression(self, value: Any, field: Field) -> int | None:
        return None if value is None else int(rounded(value, 0))

    def validate(self, value: Any, field: Field) -> None:
        if not 1 <= value <= _most(field):
            raise refuse("rating", limit=_most(field))

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        """Stars; a value beyond them, such as a sum, as a number."""
        most = _most(field)
        return FULL * value + EMPTY * (most - value) if 0 < value <= most else formats.number(value)

    def steps(self, field: Field) -> tuple[str, ...]:
        return tuple(str(number) for number in range(1, _most(field) + 1))

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        number: SheetValue = value
        return number

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return str(value)


def _most(field: Field) -> int:
    return int(field.settings.get("max", MOST))
