"""E50x: tests of a blueprint."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E501",
        (
            'the test has two records called "{name}"; the other is at {other}',
            "测试中有两条记录都叫“{name}”；另一条在 {other}",
        ),
        (
            "Steps and claims name a record by its reference alone, so a test uses each reference once, whatever the "
            "entity.",
            "步骤和断言只用引用名指代记录，因此一个测试中每个引用名只能使用一次，不论属于哪个实体。",
        ),
    ),
    error(
        "E502",
        ('the test has no record called "{name}"', "测试中没有名为“{name}”的记录"),
        (
            "A record is named by its reference in `given`, in a `create` step before this one, or in `seed`.",
            "记录用 `given`、此前的 `create` 步骤或 `seed` 中的引用名指代。",
        ),
    ),
    error(
        "E503",
        ('there is no role or user "{name}"', "没有名为“{name}”的角色或用户"),
        (
            "A test acts as one of the roles, or as a user of its own records or of the seed.",
            "测试以某个角色、自身记录中的用户或 seed 中的用户身份运行。",
        ),
    ),
    error(
        "E504",
        ('"{value}" is no moment', "“{value}”不是一个时刻"),
        (
            "A clock is set to a day and a time, in the time zone of the workspace unless one is written.",
            "时钟要写日期和时间；未写时区时按工作区的时区。",
        ),
        ("write it as 2026-03-03T09:00", "请写成 2026-03-03T09:00"),
    ),
    error(
        "E505",
        ("this wants exactly one of {words}", "此处应恰好写一个：{words}"),
        (
            "A step does one thing, and a claim says one thing. Write several of them one below the other.",
            "一个步骤只做一件事，一条断言只说一件事。有多件时请逐条书写。",
        ),
    ),
    error(
        "E506",
        ('{entity} has no transition "{name}"', "{entity} 没有名为“{name}”的转换"),
        (
            "A transition is named as in the pipeline of the record's entity.",
            "转换的名称要与记录所属实体的流程中一致。",
        ),
    ),
)
