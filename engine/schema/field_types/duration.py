"""A length of time, in whole minutes."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column

from engine.expressions.types import INTEGER, Type
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.numbers import rounded

if TYPE_CHECKING:
    from engine.schema.model import Field

LARGEST = 60_000_000
"""Minutes: more than a century."""
LONGEST = 40
MINUTES = re.compile(r"\d{1,8}", re.ASCII)
CLOCK = re.compile(r"(\d{1,6}):([0-5]\d)", re.ASCII)
HOUR, MINUTE = r"(?:hours?|hrs?|h|个?小时|时)", r"(?:minutes?|mins?|m|分钟?)"
WORDS = re.compile(rf"(?:(\d{{1,6}}(?:\.\d{{1,2}})?){HOUR})?(?:(\d{{1,8}})(?:{MINUTE})?)?", re.ASCII)
COUNTED = re.compile(r"[一两二三四五六七八九](?=个?半?(?:小时|刻))")
HALF = re.compile(r"(?<=\d)个半小时|(?<=\d)小时半|半个?小时")


class Duration(FieldType):
    name = "duration"
    label = Text.of({"en": "Duration", "zh-CN": "时长"})
    help = Text.of(
        {
            "en": "A length of time in hours and minutes, such as 1h 30m.",
            "zh-CN": "以小时和分钟表示的时长，例如 1小时30分。",
        }
    )
    icon = "timer"
    hue = "teal"
    samples = (
        Sample("1h 30m", 90, "1 h 30 min"),
        Sample("90", 90, "1 h 30 min"),
        Sample("1:30", 90, "1 h 30 min"),
        Sample("1小时30分", 90, "1 h 30 min"),
        Sample("２ 个小时", 120, "2 h"),
        Sample("半小时", 30, "30 min"),
        Sample("1h30", 90, "1 h 30 min"),
        Sample("两个半小时", 150, "2 h 30 min"),
        Sample("1小时半", 90, "1 h 30 min"),
        Sample("1.5 hours", 90, "1 h 30 min"),
        Sample("0", 0, "0 min"),
    )
    refused = ("long", "很久", "-5", "1:75", "1.234h", "h", "60000001", "0.33h", "9" * 50)
    comparisons = ("at_least", "at_most", "between", "is", "empty", "not_empty")
    widget = "duration"
    width = 104
    numeric = True

    def expression_type(self, field: Field) -> Type:
        return INTEGER

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "integer", "minimum": 0, "description": "Minutes."}

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        minutes = _minutes("".join(unicodedata.normalize("NFKC", typed[:LONGEST]).lower().split()))
        if minutes is None:
            raise refuse("duration")
        return minutes

    def from_expression(self, value: Any, field: Field) -> int | None:
        return None if value is None else int(rounded(value, 0))

    def validate(self, value: Any, field: Field) -> None:
        if not 0 <= value <= LARGEST:
            raise refuse("duration")

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        if not formats.language:
            return self.edit_text(value, field, formats)
        hours, minutes = divmod(int(value), 60)
        if not hours:
            return message("duration.minutes", formats.language, minutes=minutes)
        key = "duration.both" if minutes else "duration.hours"
        return message(key, formats.language, hours=formats.number(hours), minutes=minutes)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return f"{value // 60}:{value % 60:02}"


def _half(found: re.Match[str]) -> str:
    """半小时 is 30分, 1个半小时 and 1小时半 are 1h30分."""
    return "30分" if found[0].startswith("半") else "h30分"


def _minutes(text: str) -> int | None:
    if MINUTES.fullmatch(text):
        return int(text)
    if clock := CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    words = WORDS.fullmatch(
        HALF.sub(_half, COUNTED.sub(lambda found: str("零一二三四五六七八九".find(found[0].replace("两", "二"))), text))
    )
    if words is None or not (words[1] or words[2]):
        return None
    minutes = Decimal(words[1] or 0) * 60 + int(words[2] or 0)
    return int(minutes) if minutes == int(minutes) else None
