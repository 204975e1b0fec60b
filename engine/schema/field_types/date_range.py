"""Days from one to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.day_range import DayRange, DaySpan
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.parts import parts_schema, typed_lines, written_parts

if TYPE_CHECKING:
    from datetime import date as Day

    from engine.schema.model import Field

BETWEEN = re.compile(r" *(?:\.\.+|…|–|—|~|～|至|到) *| +(?:-|to|until)(?: +|$)")


def _day(text: str) -> Day:
    return Formats.neutral().parse_date(text)


class DateRange(FieldType):
    name = "date_range"
    label = Text.of({"en": "Date range", "zh-CN": "日期范围"})
    help = Text.of(
        {"en": "From one day to another; either may be open.", "zh-CN": "从某一天到另一天；任意一端可以不填。"}
    )
    icon = "calendar-range"
    hue = "orange"
    samples = (
        Sample("2026-01-01\n2026-02-01", DayRange(_day("2026-01-01"), _day("2026-02-01")), "1 Jan 2026 – 1 Feb 2026"),
        Sample("\n2026-02-01", DayRange(None, _day("2026-02-01")), "Until 1 Feb 2026"),
        Sample("2026-01-01 to", DayRange(_day("2026-01-01"), None), "From 1 Jan 2026"),
        Sample(
            "2026年1月1日至2026年2月1日", DayRange(_day("2026-01-01"), _day("2026-02-01")), "1 Jan 2026 – 1 Feb 2026"
        ),
        Sample("1 Jan 2026 – 3 Jan 2026", DayRange(_day("2026-01-01"), _day("2026-01-03")), "1 Jan 2026 – 3 Jan 2026"),
        Sample("2026-01-01", DayRange(_day("2026-01-01"), _day("2026-01-01")), "1 Jan 2026"),
    )
    refused = (
        "soon",
        "下周",
        "2026-02-01\n2026-01-01",
        "2026-02-30 to 2026-03-01",
        "a\nb\nc",
        "2026-01-01..2026-01-02..2026-01-03",
    )
    comparisons = ("overlaps", "ongoing", "upcoming", "ended", "empty", "not_empty")
    widget = "date_range"
    width = 190
    structured = True
    repeated = True

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, DaySpan),)

    def inputs(self, language: str) -> tuple[str, ...]:
        return DayRange._fields

    def parse(self, typed: str, field: Field, formats: Formats) -> DayRange | None:
        """Two lines, or one with a dash or a word between; a single day is a range of its own."""
        days = typed_lines(typed)
        if len(days) == 1:
            days = BETWEEN.split(days[0])
            days = days * 2 if len(days) == 1 else days
        if len(days) != 2:
            raise refuse("date_range")
        try:
            found = DayRange(*(formats.parse_date(day) if day.strip() else None for day in days))
        except ValueError:
            raise refuse("date") from None
        return found if any(found) else None

    def accept(self, value: Any, field: Field) -> DayRange | None:
        if isinstance(value, Mapping):
            value = "\n".join(written_parts(value, DayRange._fields))
        return self.parse(str(value), field, Formats.neutral()) if str(value).strip() else None

    def validate(self, value: Any, field: Field) -> None:
        if value.first and value.last and value.last < value.first:
            raise refuse("date_range_order")

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return _shown(value, formats, formats.date)

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        return _shown(value, formats, formats.short_date)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(day.isoformat() if day else "" for day in value)

    def json_schema(self, field: Field) -> JsonSchema:
        return parts_schema(DayRange._fields)

    def to_json(self, value: Any) -> dict[str, str]:
        return {name: day.isoformat() for name, day in zip(DayRange._fields, value, strict=True) if day}


def _shown(value: DayRange, formats: Formats, write: Any) -> str:
    language = formats.language or "en"
    if value.first == value.last:
        return str(write(value.first))
    if value.first is None:
        return message("range.until", language, last=write(value.last))
    if value.last is None:
        return message("range.from", language, first=write(value.first))
    return f"{write(value.first)} – {write(value.last)}"
