"""A colour, such as that of a brand."""

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

HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
LONGEST = 40
SWATCHES = (
    ("#d15c56", "red"),
    ("#ca6719", "orange"),
    ("#ac7d00", "amber"),
    ("#789301", "lime"),
    ("#0fa05c", "green"),
    ("#079a94", "teal"),
    ("#0392c4", "sky"),
    ("#5283e0", "blue"),
    ("#8e71d6", "violet"),
    ("#b263b7", "plum"),
    ("#ce597a", "rose"),
    ("#8a857d", "gray"),
)
"""The solid tint of each hue on a light page."""


class Color(FieldType):
    name = "color"
    label = Text.of({"en": "Colour", "zh-CN": "颜色"})
    help = Text.of({"en": "A colour, shown as a swatch.", "zh-CN": "一种颜色，显示为色块。"})
    icon = "palette"
    hue = "rose"
    samples = (
        Sample("#1A6dFF", "#1a6dff", "#1a6dff"),
        Sample("0af", "#00aaff", "#00aaff"),
        Sample("＃Ｆ０９１２３", "#f09123", "#f09123"),
    )
    refused = ("red", "红色", "#12345", "#12345g", "rgb(1, 2, 3)", "#1234567", "#" * 60)
    comparisons = ("is", "is_not", "empty", "not_empty")
    widget = "color"
    width = 110

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def proposals(self, field: Field) -> tuple[tuple[str, str], ...]:
        return SWATCHES

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        """Six hexadecimal digits after #; three of them count twice each."""
        found = HEX.fullmatch(unicodedata.normalize("NFKC", typed[:LONGEST]))
        if found is None:
            raise refuse("color")
        digits = found[1].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
