"""A moment: typed and shown in the workspace's time zone, stored in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import DATETIME, Type
from engine.locale.formats import Formats
from engine.locale.reading import NoSuchDay
from engine.locale.text import Text
from engine.schema.columns import UtcDateTime
from engine.schema.comparisons import RELATIVE_DAYS
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse

if TYPE_CHECKING:
    from engine.schema.model import Field


class DateTime(FieldType):
    name = "datetime"
    label = Text.of({"en": "Date and time", "zh-CN": "日期和时间"})
    help = Text.of(
        {"en": "A day with a time, in the workspace's time zone.", "zh-CN": "带时间的日期，按工作区的时区。"}
    )
    icon = "clock"
    hue = "orange"
    samples = (
        Sample("2026-11-28T09:30", datetime(2026, 11, 28, 14, 30, tzinfo=UTC), "28 Nov, 09:30"),
        Sample("2026-11-28T09:30:15+08:00", datetime(2026, 11, 28, 1, 30, 15, tzinfo=UTC), "27 Nov, 20:30"),
        Sample("2026年7月1日 08:00", datetime(2026, 7, 1, 12, tzinfo=UTC), "1 Jul, 08:00"),
        Sample("28 Nov 2025, 09:30", datetime(2025, 11, 28, 14, 30, tzinfo=UTC), "28 Nov 2025, 09:30"),
        Sample("2026-03-08T02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC), "8 Mar, 03:30"),
    )
    refused = ("soon", "09", "2026-11-28T25:00", "2026-02-30T10:00", "3/4/2026 09:30", "9999-12-31T23:59")
    comparisons = (
        "before",
        "after",
        "between",
        *RELATIVE_DAYS,
        "empty",
        "not_empty",
    )
    widget = "datetime"
    width = 140
    slot = "sub2"

    def expression_type(self, field: Field) -> Type:
        return DATETIME

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, UtcDateTime),)

    def parse(self, typed: str, field: Field, formats: Formats) -> datetime:
        try:
            return formats.parse_datetime(typed)
        except NoSuchDay as wrong:
            raise refuse("no_such_day", month=f"{wrong.year}-{wrong.month:02}", count=wrong.days) from None
        except ValueError:
            raise refuse("datetime") from None

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.datetime(value)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        return formats.local(value).replace(tzinfo=None)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        """Local time as people read and type it. The second of two equal local times, when clocks go back, reads as
        the first."""
        local = formats.local(value).replace(tzinfo=None)
        return local.isoformat(" ", timespec="auto" if local.second or local.microsecond else "minutes")

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "format": "date-time"}

    def to_json(self, value: Any) -> str:
        in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return f"{in_utc.isoformat()[:-6]}Z"
