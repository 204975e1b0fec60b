"""A number the engine gives each record when it is created, such as INV-2026-00012."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.numbering import FormatRefused, Numbering, read_numbering
from engine.schema.sorting import plain_text
from engine.schema.typed_text import one_line

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 120


class Autonumber(FieldType):
    name = "autonumber"
    label = Text.of({"en": "Automatic number", "zh-CN": "自动编号"})
    help = Text.of(
        {
            "en": "A number that each record is given when it is created, and keeps.",
            "zh-CN": "每条记录创建时获得并一直保留的编号。",
        }
    )
    icon = "hash"
    hue = "green"
    options = {
        "format": {
            "type": "string",
            "minLength": 1,
            "description": "What numbers look like: a text with {seq}, which counts, or {seq:5}, which has five "
            "digits, and the day in {yyyy} {yy} {mm} {dd}. Counting begins again when these parts of the day change.",
            "x-zh-CN": "编号的样式：包含 {seq}（计数）或 {seq:5}（五位数字）的文本，日期可用 {yyyy} {yy} {mm} {dd}。"
            "这些日期部分变化时，计数重新开始。",
        },
        "gap_free": {
            "type": "boolean",
            "description": "No number is ever left out, as receipts and invoices need it; records are then created "
            "one after the other. Without it a creation that fails may leave a number out.",
            "x-zh-CN": "编号不跳号，适合收据和发票；此时记录逐条创建。不设置时，创建失败可能会跳过一个编号。",
        },
    }
    required_options = ("format",)
    samples = (
        Sample("INV-2026-00012", "INV-2026-00012", "INV-2026-00012", {"format": "INV-{yyyy}-{seq:5}"}),
        Sample("2603-100", "2603-100", "2603-100", {"format": "{yy}{mm}-{seq}", "gap_free": True}),
        Sample("收\t7", "收 7", "收 7", {"format": "收 {seq}"}),
    )
    refused = ("9" * 121,)
    identifying = True
    comparisons = ("contains", "starts_with", "is", "empty", "not_empty")
    width = 140
    slot = "sub2"

    def faults(self, settings: Mapping[str, Any]) -> Mapping[str, Text]:
        try:
            read_numbering(str(settings.get("format", "{seq}")))
        except FormatRefused as refusal:
            return {"format": refusal.message}
        return {}

    def numbering(self, field: Field) -> Numbering:
        return read_numbering(str(field.settings["format"]), field.settings.get("gap_free") is True)

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()), Column(f"{field.name}__k", plain_text()))

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        return {f"{field.name}__k": value if value is None else self.numbering(field).key(value)}

    def sort_column(self, field: Field) -> str:
        return f"{field.name}__k"

    def parse(self, typed: str, field: Field, formats: Formats) -> str | None:
        return one_line(typed)

    def validate(self, value: Any, field: Field) -> None:
        if len(value) > LONGEST:
            raise refuse("long", count=LONGEST)
