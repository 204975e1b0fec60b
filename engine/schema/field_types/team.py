"""A team of people who work in the CRM: a link to the built-in entity `team`."""

from __future__ import annotations

from engine.locale.text import Text
from engine.schema.builtin_link import BuiltinLink


class Team(BuiltinLink):
    name = "team"
    label = Text.of({"en": "Team", "zh-CN": "团队"})
    help = Text.of({"en": "A team of people who work in this CRM.", "zh-CN": "由本系统人员组成的团队。"})
    icon = "users-round"
    comparisons = ("any_of", "none_of", "empty", "not_empty")
    widget = "team"
