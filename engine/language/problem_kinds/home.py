"""E460 to E469: what can be wrong on the home page."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E460",
        ('the tile "{name}" does not say which records it is about', "磁贴“{name}”没有说明显示哪些记录"),
        (
            "A list shows the first records of a view; a number counts those of a view or of an entity.",
            "列表显示一个视图的前几条记录；数字统计一个视图或实体的记录。",
        ),
        ("add view: and an entity with its view, such as deal.open", "请加上 view: 和实体及其视图，如 deal.open"),
    ),
    error(
        "E461",
        ('"{name}" is no option of the tile {type}', "“{name}”不是磁贴 {type} 的选项"),
        (
            "Each tile has options of its own beside label, width and for_roles.",
            "除 label、width 和 for_roles 外，每种磁贴都有自己的选项。",
        ),
    ),
    error(
        "E462",
        ("no entity is a list of tasks", "没有表示任务的实体"),
        (
            "The tile shows the open tasks of the person, so an entity has to be their tasks.",
            "此磁贴显示本人未完成的任务，因此需要有一个表示任务的实体。",
        ),
        ("add acts_as: task to an entity", "请在某个实体上加 acts_as: task"),
    ),
    error(
        "E463",
        ('"{name}" cannot stand beside a view', "“{name}”不能与视图同时使用"),
        ("A view says itself whose records it shows and which of them.", "视图本身已说明显示哪个实体的哪些记录。"),
        ("leave it out, or name an entity instead of the view", "请删去它，或写实体而不写视图"),
    ),
    error(
        "E464",
        ('{entity} has no view "{name}"', "{entity} 没有名为“{name}”的视图"),
        ("A tile shows a view that the blueprint declares.", "磁贴显示蓝图中声明的视图。"),
    ),
)
