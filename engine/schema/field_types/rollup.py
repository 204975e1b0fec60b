"""What many records come to: how many there are, what they add up to, the largest of them."""

from __future__ import annotations

from engine.locale.text import Text
from engine.schema.computed import FUNCTIONS
from engine.schema.computed_type import ComputedType
from engine.schema.result_options import RESULT, STORED


class Rollup(ComputedType):
    name = "rollup"
    label = Text.of({"en": "Rollup", "zh-CN": "汇总"})
    help = Text.of({"en": "What line items or linked records come to.", "zh-CN": "明细或关联记录的汇总值。"})
    icon = "rows-3"
    hue = "violet"
    options = {
        "of": {
            "type": "string",
            "description": "The records: a children or links field; the link of another entity that points here, "
            "such as deal.account; or a link to the own entity, for all records below in its tree.",
            "x-zh-CN": "要汇总的记录：children 或 links 字段；其他实体指向本实体的关联，例如 deal.account；"
            "或指向自身实体的关联，即树中其下的所有记录。",
        },
        "fn": {
            "enum": list(FUNCTIONS),
            "description": "count, sum, avg, min, max, the first or last by the order of the records, or distinct, the "
            "number of different values.",
            "x-zh-CN": "count 计数，sum 求和，avg 平均，min、max 最小与最大，first、last 按记录顺序的首末值，"
            "distinct 不同值的个数。",
        },
        "field": {
            "type": "string",
            "description": "The field of the records, or one behind their links; count can do without.",
            "x-zh-CN": "这些记录的字段，或其关联之后的字段；count 可以不写。",
        },
        "where": {
            "type": "string",
            "description": "An expression over the records: only those it holds for are counted.",
            "x-zh-CN": "针对这些记录的表达式：只汇总满足条件的记录。",
        },
        **RESULT,
        **STORED,
    }
    required_options = ("of", "fn")
    refused = ("12", "汇总")
