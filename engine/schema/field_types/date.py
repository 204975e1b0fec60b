"""A calendar day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Date as SqlDate

from engine.expressions.types import DATE, Type
from engine.locale.formats import Formats
from engine.locale.reading import NoSuchDay
from engine.locale.text import Text
from engine.schema.comparisons import RELATIVE_DAYS
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse

if TYPE_CHECKING:
    from engine.schema.model import Field


class Date(FieldType):
    name = "date"
    label = Text.of({"en": "Date", "zh-CN": "日期"})
    help = Text.of({"en": "A day, without a time.", "zh-CN": "某一天，不含时间。"})
    icon = "calendar"
    hue = "orange"
    samples = (
        Sample("2026-11-28", date(2026, 11, 28), "28 Nov 2026"),
        Sample("28 Nov 2025", date(2025, 11, 28), "28 Nov 2025"),
        Sample("2026年11月28日", date(2026, 11, 28), "28 Nov 2026"),
        Sample("2026/1/2", date(2026, 1, 2), "2 Jan 2026"),
    )
    refused = ("soon", "2026-02-30", "31/2", "3/4/2026", "05.06.2026", "2026-11", "0000-01-01", "31 Foo 2026")
    comparisons = (
        "before",
        "after",
        "between",
        "is",
        "overdue",
        *RELATIVE_DAYS,
        "empty",
        "not_empty",
    )
    widget = "date"
    width = 104
    slot = "sub2"

    def expression_type(self, field: Field) -> Type:
        return DATE

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, SqlDate),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "format": "date"}

    def parse(self, typed: str, field: Field, formats: Formats) -> date:
        try:
            return formats.parse_date(typed)
        except NoSuchDay as wrong:
            raise refuse("no_such_day", month=f"{wrong.year}-{wrong.month:02}", count=wrong.days) from None
        except ValueError:
            raise refuse("date") from None

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.date(value)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        day: SheetValue = value
        return day

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return str(value)

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.short_date(value)
