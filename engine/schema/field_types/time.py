"""A time of day, the same on every day and in every place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 40
MORNING, AFTERNOON = "凌晨|早上|上午", "中午|下午|晚上"
CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)? ?([ap]m)?", re.ASCII)
HOUR = re.compile(r"(\d{1,2}) ?([ap]m)", re.ASCII)
CHINESE = re.compile(
    rf"(?:({MORNING})|({AFTERNOON}))? ?(\d{{1,2}})(?::([0-5]\d)|[点时](?:([0-5]?\d)分?|(半)|整)?)", re.ASCII
)


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
    )
    refused = ("noon", "傍晚", "24:00", "9", "13 pm", "9:60", "0:30 pm", "下午0点", "9:5", "12:30:15", "1" * 50)
    comparisons = ("before", "after", "between", "is", "empty", "not_empty")
    widget = "time"
    width = 84

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        """`HH:MM`, which sorts and compares like the time itself."""
        found = _read(unicodedata.normalize("NFKC", typed[:LONGEST]).strip().lower())
        if found is None:
            raise refuse("time")
        return f"{found[0]:02}:{found[1]:02}"


def _read(text: str) -> tuple[int, int] | None:
    """Hour and minute."""
    if clock := CLOCK.fullmatch(text):
        return _placed(int(clock[1]), int(clock[2]), clock[3])
    if hour := HOUR.fullmatch(text):
        return _placed(int(hour[1]), 0, hour[2])
    if chinese := CHINESE.fullmatch(text):
        morning, afternoon, hours, *minutes, half = chinese.groups()
        minute = 30 if half else int(next((part for part in minutes if part), 0))
        early = "am" if morning and int(hours) <= 12 else None
        late = "pm" if afternoon and int(hours) <= 12 else None
        return _placed(int(hours), minute, late or early)
    return None


def _placed(hour: int, minute: int, half: str | None) -> tuple[int, int] | None:
    """On a clock of 24 hours; 12 am is midnight."""
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour, minute) if hour < 24 else None
