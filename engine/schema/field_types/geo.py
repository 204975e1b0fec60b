"""A place on the earth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.parts import parts_schema, written_parts

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 80
PLACES = Decimal("0.000001")
"""A millionth of a degree is a hand's breadth."""
NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,15})?"
PLAIN = re.compile(rf"(?:geo:)?({NUMBER})(?: *, *| +)({NUMBER})", re.ASCII)
DEGREES = r"(\d{1,3}(?:\.\d{1,15})?)°"
NAMED = re.compile(rf"([ns]|北纬|南纬)? ?{DEGREES} ?([ns])?(?: *, *| +)([ew]|东经|西经)? ?{DEGREES} ?([ew])?", re.ASCII)
NEGATIVE = ("s", "w", "南纬", "西经")


class Point(NamedTuple):
    """Degrees, north and east positive."""

    latitude: Decimal
    longitude: Decimal


def _point(parts: Iterable[Any]) -> Point:
    return Point(*(_trimmed(Decimal(part)) for part in parts))


class Geo(FieldType):
    name = "geo"
    label = Text.of({"en": "Coordinates", "zh-CN": "坐标"})
    help = Text.of({"en": "Latitude and longitude of a place.", "zh-CN": "地点的纬度和经度。"})
    icon = "compass"
    hue = "green"
    samples = (
        Sample("31.23, 121.47", Point(Decimal("31.23"), Decimal("121.47")), "31.23, 121.47"),
        Sample("-33.8688 151.2093", Point(Decimal("-33.8688"), Decimal("151.2093")), "-33.8688, 151.2093"),
        Sample("北纬39.90°，东经116.40°", Point(Decimal("39.9"), Decimal("116.4")), "39.9, 116.4"),
        Sample("40.7128° N, 74.0060° W", Point(Decimal("40.7128"), Decimal("-74.006")), "40.7128, -74.006"),
        Sample("geo:0,10.12345678", Point(Decimal("0"), Decimal("10.123457")), "0, 10.123457"),
    )
    refused = ("here", "上海", "31.23", "91, 0", "0, 181", "1,2,3", "1.2.3, 4", "9" * 90)
    comparisons = ("empty", "not_empty")
    widget = "geo"
    width = 160
    structured = True
    sortable = False

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, Words(_point)),)

    def parse(self, typed: str, field: Field, formats: Formats) -> Point:
        text = unicodedata.normalize("NFKC", typed[:LONGEST]).lower()
        if plain := PLAIN.fullmatch(text):
            return _point(plain.groups())
        named = NAMED.fullmatch(text)
        if named is None:
            raise refuse("geo")
        before, latitude, after, east, longitude, west = named.groups()
        return Point(_signed(latitude, before or after), _signed(longitude, east or west))

    def accept(self, value: Any, field: Field) -> Point | None:
        """A map of latitude and longitude, or the two as text."""
        if isinstance(value, Mapping):
            value = ",".join(written_parts(value, Point._fields))
        return self.parse(str(value).strip(), field, Formats.neutral()) if str(value).strip() else None

    def validate(self, value: Any, field: Field) -> None:
        if abs(value[0]) > 90 or abs(value[1]) > 180:
            raise refuse("geo")

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return f"{value[0]:f}, {value[1]:f}"

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return self.format(value, field, formats)

    def href(self, value: Any, field: Field) -> str:
        return f"geo:{value[0]:f},{value[1]:f}"

    def json_schema(self, field: Field) -> JsonSchema:
        return parts_schema(Point._fields)

    def to_json(self, value: Any) -> dict[str, str]:
        return {"latitude": f"{value[0]:f}", "longitude": f"{value[1]:f}"}


def _signed(degrees: str, side: str | None) -> Decimal:
    return _trimmed(Decimal(degrees) * (-1 if side in NEGATIVE else 1))


def _trimmed(degrees: Decimal) -> Decimal:
    """Rounded, without zeros at the end, and never minus zero."""
    exact = degrees.quantize(PLACES, ROUND_HALF_UP).normalize()
    return Decimal(0) if not exact else Decimal(f"{exact:f}")
