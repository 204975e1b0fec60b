"""W6xx: what works but is probably not meant."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, warning

KINDS: tuple[ProblemKind, ...] = (
    warning(
        "W601",
        ("{what} has no text in {language}", "{what}缺少 {language} 文本"),
        (
            "People who work in this language see another one here. Add the text beside it or in i18n/.",
            "使用该语言的人会在此看到其他语言。请在旁边或 i18n/ 中补上文本。",
        ),
    ),
    warning(
        "W602",
        ('no role can open "{name}"', "没有角色可以打开“{name}”"),
        (
            "Nothing is granted by default. Give a role the right to read it.",
            "默认不授予任何权限。请给某个角色读取权限。",
        ),
    ),
    warning(
        "W603",
        ('the option set "{name}" is never used', "选项集“{name}”从未使用"),
        ("Remove it, or name it in a field's options.", "请删除它，或在字段的 options 中使用它。"),
    ),
    warning(
        "W610",
        ('the form asks for no "{name}", which every record must have', "表单没有必填字段“{name}”"),
        (
            "The field is always required and has no default, so nobody can create a record with this form.",
            "该字段始终必填且没有默认值，因此无法用此表单新建记录。",
        ),
    ),
    warning(
        "W620",
        ('"{name}" acts as a task and has no day it is due', "“{name}”充当任务，但没有截止日期"),
        (
            "It is not on the Tasks page. Add a field of type date or datetime, best called due.",
            "它不会出现在任务页。请添加一个 date 或 datetime 类型的字段，最好命名为 due。",
        ),
    ),
    warning(
        "W621",
        ('"{name}" acts as a task and nothing says that one is done', "“{name}”充当任务，但无法表示已完成"),
        (
            "It is not on the Tasks page. Add a boolean called done, a choice with an option done, or a pipeline with "
            "a stage that is won.",
            "它不会出现在任务页。请添加名为 done 的 boolean 字段、带 done 选项的 choice 字段，或含 won 阶段的流程。",
        ),
    ),
    warning(
        "W630",
        ('there is no icon "{name}"', "没有名为“{name}”的图标"),
        (
            "Nothing would be drawn in its place. The icons of the product have the names of Lucide, such as house.",
            "该处会显示为空白。产品自带的图标采用 Lucide 的名称，如 house。",
        ),
    ),
)
