"""A postal address, in its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.china import Misplaced, settle
from engine.locale.countries import country_code
from engine.locale.formats import Formats
from engine.locale.orders import has_chinese, largest_first
from engine.locale.text import Text
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.parts import check_length, parts_schema, typed_lines, written_parts
from engine.schema.sorting import plain_text, sort_key

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 200
POSTCODES = {"CN": re.compile(r"[0-9]{6}"), "US": re.compile(r"[0-9]{5}(-?[0-9]{4})?")}


class Place(NamedTuple):
    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""

    def __str__(self) -> str:
        """On one line, in the order of its own script; the city that is its own province is written once."""
        if has_chinese("".join(self)):
            largest_first = dict.fromkeys(self[:5])
            return " ".join(filter(None, ("".join(largest_first), self.postcode)))
        region = " ".join(filter(None, (self.province, self.postcode)))
        return ", ".join(filter(None, (self.street, self.district, self.city, region, self.country)))


SMALLEST_FIRST = ("street", "district", "city", "province", "postcode", "country")


class Address(FieldType):
    name = "address"
    label = Text.of({"en": "Address", "zh-CN": "地址"})
    help = Text.of({"en": "A postal address, in its parts.", "zh-CN": "通信地址，分省、市、区等填写。"})
    icon = "map-pin"
    hue = "green"
    samples = (
        Sample(
            "1 Main St\n\nSpringfield\nIL\n62701\nUSA",
            Place("USA", "IL", "Springfield", "", "1 Main St", "62701"),
            "1 Main St, Springfield, IL 62701, USA",
        ),
        Sample(
            "科技园路1号\n南山区\n深圳市\n广东省\n518000\n",
            Place("", "广东省", "深圳市", "南山区", "科技园路1号", "518000"),
            "广东省深圳市南山区科技园路1号 518000",
        ),
        Sample(
            "酒仙桥路1号\n朝阳\n\n北京\n\n中国",
            Place("中国", "北京市", "北京市", "朝阳区", "酒仙桥路1号"),
            "中国北京市朝阳区酒仙桥路1号",
        ),
        Sample("中关村大街1号", Place(street="中关村大街1号"), "中关村大街1号"),
    )
    refused = ("one\ntwo", "\n".join("1234567"), "x" * 201, "\n朝阳区\n深圳市\n广东省\n\n", "x\n\n\n\n1234\nUSA")
    comparisons = ("contains", "empty", "not_empty")
    widget = "address"
    width = 240
    structured = True
    wide = True
    repeated = True

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (
            Column(field.name, Words(Place._make)),
            Column(f"{field.name}__k", plain_text()),
            Column(f"{field.name}__t", plain_text()),
        )

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        key = None if value is None else sort_key(" ".join(filter(None, value)))
        return {f"{field.name}__k": key, f"{field.name}__t": None if value is None else str(value)}

    def sort_column(self, field: Field) -> str:
        return f"{field.name}__k"

    def filter_column(self, field: Field) -> str:
        return f"{field.name}__t"

    def inputs(self, language: str) -> tuple[str, ...]:
        return Place._fields if largest_first(language) else SMALLEST_FIRST

    def parse(self, typed: str, field: Field, formats: Formats) -> Place | None:
        """A line for each part in the order of the language; a single line is a street."""
        lines, names = typed_lines(typed), self.inputs(formats.language)
        if len(lines) == 1:
            return Place(street=lines[0])
        if len(lines) != len(names):
            raise refuse("address", count=len(names))
        return _checked(Place(**dict(zip(names, lines, strict=True)))) if any(lines) else None

    def accept(self, value: Any, field: Field) -> Place | None:
        if isinstance(value, Mapping):
            parts = written_parts(value, Place._fields)
            return _checked(Place(*parts)) if any(parts) else None
        return self.parse(str(value), field, Formats.neutral()) if str(value).strip() else None

    def validate(self, value: Any, field: Field) -> None:
        check_length(value, LONGEST)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(getattr(value, part) for part in self.inputs(formats.language))

    def json_schema(self, field: Field) -> JsonSchema:
        return parts_schema(Place._fields)

    def to_json(self, value: Any) -> dict[str, str]:
        return {name: part for name, part in zip(Place._fields, value, strict=True) if part}


def _checked(place: Place) -> Place:
    """Chinese regions by their full names. Raises `ValueRefused` for a district of
    another city, a city of another province and a postcode of another shape."""
    code = country_code(place.country) or ("CN" if not place.country and has_chinese("".join(place)) else "")
    pattern = POSTCODES.get(code)
    if place.postcode and pattern and not pattern.fullmatch(place.postcode.replace(" ", "")):
        raise refuse(f"postcode_{code.lower()}", postcode=place.postcode)
    if code != "CN":
        return place
    try:
        province, city, district = settle(place.province, place.city, place.district)
    except Misplaced as misplaced:
        homes = "、".join(misplaced.homes[:4])
        raise refuse("region_elsewhere", name=misplaced.name, parent=misplaced.parent, homes=homes) from misplaced
    return place._replace(province=province, city=city, district=district)
