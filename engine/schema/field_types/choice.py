"""One of a few named options."""

from __future__ import annotations

from engine.locale.text import Text
from engine.schema.chosen_option import OPTIONS
from engine.schema.field_type import Sample
from engine.schema.option_type import OptionType


class Choice(OptionType):
    name = "choice"
    label = Text.of({"en": "Choice", "zh-CN": "单选"})
    help = Text.of({"en": "One of a few options, each with a colour.", "zh-CN": "从几个带颜色的选项中选择一个。"})
    icon = "list"
    hue = "plum"
    options = {"options": OPTIONS}
    required_options = ("options",)
    samples = (
        Sample("hot", "hot", "Hot lead", {"options": {"hot": {"en": "Hot lead", "zh-CN": "热门"}, "cold": "Cold"}}),
        Sample("COLD", "cold", "Cold", {"options": {"hot": "Hot", "cold": "Cold"}}),
        Sample("热门", "hot", "Hot lead", {"options": {"hot": {"en": "Hot lead", "zh-CN": "热门"}}}),
    )
    refused = ("warm", "冷")
    comparisons = ("any_of", "none_of", "empty", "not_empty")
    widget = "choice"
    width = 130
