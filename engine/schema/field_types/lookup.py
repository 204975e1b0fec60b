"""A value of a linked record, shown as the record's own."""

from __future__ import annotations

from engine.locale.text import Text
from engine.schema.computed_type import ComputedType
from engine.schema.result_options import STORED


class Lookup(ComputedType):
    name = "lookup"
    label = Text.of({"en": "Lookup", "zh-CN": "引用"})
    help = Text.of({"en": "A field of a linked record.", "zh-CN": "所关联记录的某个字段。"})
    icon = "link-2"
    hue = "violet"
    options = {
        "via": {
            "type": "string",
            "description": "The link to follow, such as account, or several in a row, such as contact.account.",
            "x-zh-CN": "要沿用的关联，例如 account；也可连续几个，例如 contact.account。",
        },
        "field": {
            "type": "string",
            "description": "The field of the linked record.",
            "x-zh-CN": "所关联记录的字段。",
        },
        "mode": {
            "enum": ["live", "snapshot"],
            "description": "live follows the linked record (the default); snapshot keeps what it said when the link "
            "was set.",
            "x-zh-CN": "live 随所关联记录变化（默认）；snapshot 保留建立关联时的值。",
        },
        **STORED,
    }
    required_options = ("via", "field")
    refused = ("12", "引用")
