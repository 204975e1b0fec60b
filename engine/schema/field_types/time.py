"""A time of day, the same on every day and in every place."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.locale.times import read_time
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 40


class Time(FieldType):
    name = "time"
    label = Text.of({"en": "Time", "zh-CN": "时间"})
    help = Text.of({"en": "A time of day, without a date.", "zh-CN": "一天中的某个时刻，不含日期。"})
    icon = "clock"
    hue = "orange"
    samples = (
        Sample("09:30", "09:30", "09:30"),
        Sample("9:05", "09:05", "09:05"),
        Sample("2:15 PM", "14:15", "14:15"),
        Sample("12 am", "00:00", "00:00"),
        Sample("下午3点半", "15:30", "15:30"),
        Sample("上午９：００", "09:00", "09:00"),
        Sample("18点05分", "18:05", "18:05"),
        Sample("3 p.m.", "15:00", "15:00"),
        Sample("1530", "15:30", "15:30"),
        Sample("9", "09:00", "09:00"),
        Sample("noon", "12:00", "12:00"),
    )
    refused = ("soon", "傍晚", "24:00", "1575", "13 pm", "9:60", "0:30 pm", "下午0点", "9:5", "12:30:15", "1" * 50)
    comparisons = ("before", "after", "between", "is", "empty", "not_empty")
    widget = "time"
    width = 84

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$"}

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        """`HH:MM`, which sorts and compares like the time itself."""
        found = read_time(unicodedata.normalize("NFKC", typed[:LONGEST]))
        if found is None:
            raise refuse("time")
        return f"{found[0]:02}:{found[1]:02}"
