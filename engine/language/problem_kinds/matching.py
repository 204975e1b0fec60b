"""E480 to E489: what can be wrong in the rules for duplicates."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E480",
        ('{kind} cannot compare "{name}", a field of type {type}', "{kind} 不能比较 {type} 类型的字段“{name}”"),
        (
            "Each comparison of a duplicate rule suits some types of fields.",
            "查重规则的每种比较方式只适用于某些字段类型。",
        ),
        ("write as: and one of {fitting}", "请写 as: 以及 {fitting} 之一"),
    ),
    error(
        "E481",
        (
            "at_least says nothing here: by {kind} two values are the same or not",
            "此处 at_least 无效：{kind} 只有相同与不同",
        ),
        ("Only comparisons of likeness have a threshold.", "只有比较近似程度的方式才有阈值。"),
        ("leave at_least out", "请去掉 at_least"),
    ),
    error(
        "E482",
        ("{name} has no records of its own to find duplicates among", "{name} 没有可查重的独立记录"),
        (
            "Line items, users and teams are not merged, so they take no duplicate rules.",
            "明细行、用户和团队不能合并，因此不能写查重规则。",
        ),
    ),
    error(
        "E483",
        ('"{name}" is of type {type}, which no duplicate rule compares', "“{name}”是 {type} 类型，查重规则无法比较"),
        (
            "Rules compare names, texts, phone numbers, e-mail and web addresses, links, choices, numbers and days.",
            "规则可以比较姓名、文本、电话、邮箱、网址、关联、选项、数字和日期。",
        ),
    ),
)
