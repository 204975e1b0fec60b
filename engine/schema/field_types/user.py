"""A person who works in the CRM: a link to the built-in entity `user`."""

from __future__ import annotations

from engine.locale.text import Text
from engine.schema.builtin_link import BuiltinLink


class User(BuiltinLink):
    name = "user"
    label = Text.of({"en": "Person", "zh-CN": "人员"})
    help = Text.of({"en": "A person who works in this CRM.", "zh-CN": "在本系统中工作的人员。"})
    icon = "user-round"
    comparisons = ("is_me", "any_of", "none_of", "empty", "not_empty")
    widget = "user"
