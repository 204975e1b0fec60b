"""E421 to E439: what can be wrong in views, forms, record pages and the menu."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E421",
        ('the board "{name}" does not say where its lanes come from', "看板“{name}”没有说明泳道来自哪个字段"),
        ("Each option of one field is a lane of the board.", "看板的每条泳道是某个字段的一个选项。"),
        ("add by: and a stage or choice field", "请加上 by: 和一个阶段或选项字段"),
    ),
    error(
        "E422",
        ('"{name}" cannot be the lanes of a board', "“{name}”不能作为看板的泳道"),
        (
            "A board has one lane per option, so only a field with options fits.",
            "看板的每个选项是一条泳道，因此只能用有选项的字段。",
        ),
        ("name a stage or choice field", "请写一个阶段或选项字段"),
    ),
    error(
        "E423",
        ('"{name}" is not a number and has no sum', "“{name}”不是数字，无法求和"),
        ("Only numbers, money and percentages can be added up.", "只有数字、金额和百分比可以求和。"),
    ),
    error(
        "E424",
        ('"{name}" holds line items, not one value', "“{name}”是明细行，不是单个值"),
        ("A column, a card or a cell shows one value of the record.", "列、卡片和单元格只显示记录的一个值。"),
        ("show it in a form with {{children: {name}}}", "请在表单中用 {{children: {name}}} 显示"),
    ),
    error(
        "E425",
        ('"{name}" holds no line items', "“{name}”没有明细行"),
        (
            "Only a field of type children can be shown as a table of line items.",
            "只有 children 类型的字段可以显示为明细表。",
        ),
    ),
    error(
        "E426",
        ('a list cannot be sorted by "{name}"', "列表不能按“{name}”排序"),
        ("The values of this field have no order in the database.", "该字段的值在数据库中没有顺序。"),
    ),
    error(
        "E427",
        ("this filter cannot be answered by the database", "数据库无法执行此筛选"),
        (
            "A filter is tested on all records at once. This one uses what only a single record knows.",
            "筛选会同时检查所有记录。这里用到了只有单条记录才知道的内容。",
        ),
    ),
    error(
        "E428",
        ('"{name}" has a total and is no column of this view', "“{name}”有合计，但不是此视图的列"),
        ("A total stands below its column.", "合计显示在所属列的下方。"),
    ),
    error(
        "E429",
        ('"{name}" stands here twice', "“{name}”在此处出现了两次"),
        ("A list, card or form shows each field once.", "列表、卡片或表单中每个字段只显示一次。"),
    ),
    error(
        "E430",
        ('"{name}" of {entity} does not lead to {target}', "{entity} 的“{name}”不指向 {target}"),
        (
            "A related list shows the records whose link field `by` names the record on the page.",
            "相关列表显示通过链接字段 `by` 指向当前记录的记录。",
        ),
    ),
    error(
        "E431",
        ("{name} leads to {target} by {count} fields", "{name} 有 {count} 个字段指向 {target}"),
        ("A related list follows exactly one link field.", "相关列表只依据一个链接字段。"),
        ("add by: and the link field", "请加上 by: 和链接字段"),
    ),
    error(
        "E432",
        ('a view of type {type} has no option "{name}"', "{type} 类型的视图没有选项“{name}”"),
        (
            "Each kind of view has options of its own; this one belongs to another kind.",
            "每种视图有各自的选项，此选项属于其他类型的视图。",
        ),
    ),
    error(
        "E433",
        ('the form "{name}" needs either tabs or sections', "表单“{name}”需要 tabs 或 sections 之一"),
        (
            "Sections stand in tabs, or directly in the form; a form has one of the two.",
            "分区要么放在标签页中，要么直接放在表单中；表单只能用其中一种写法。",
        ),
    ),
    error(
        "E434",
        ('"{name}" is the name of another tab or section of this form', "此表单中已有名为“{name}”的标签页或分区"),
        ("Links and overlays find a tab or section by its name.", "链接和覆盖层按名称查找标签页和分区。"),
    ),
)
