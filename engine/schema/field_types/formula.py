"""A value worked out from other fields of the record."""

from __future__ import annotations

from engine.locale.text import Text
from engine.schema.computed_type import ComputedType
from engine.schema.result_options import RESULT, STORED


class Formula(ComputedType):
    name = "formula"
    label = Text.of({"en": "Formula", "zh-CN": "公式"})
    help = Text.of({"en": "Worked out from other fields of the record.", "zh-CN": "由本记录的其他字段计算得出。"})
    icon = "hash"
    hue = "violet"
    options = {
        "expr": {
            "type": "string",
            "description": "The expression, in double quotes; it may follow links and read other computed fields.",
            "x-zh-CN": "表达式，写在双引号内；可以沿关联取值，也可以读取其他计算字段。",
        },
        **RESULT,
        **STORED,
    }
    required_options = ("expr",)
    refused = ("12", "公式")
