"""E4xx: pipelines, roles, screens and records that contradict each other."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E401",
        ('no transition leads to the stage "{name}"', "没有转换通向阶段“{name}”"),
        (
            "Once a pipeline lists transitions, only they can be made. Add one that leads here, or remove the stage.",
            "流程列出转换后，只能使用这些转换。请加一个通向此处的转换，或删除该阶段。",
        ),
    ),
    error(
        "E402",
        ('there is no stage "{name}" in the pipeline {pipeline}', "流程 {pipeline} 中没有阶段“{name}”"),
        ("A transition or filter names a stage that is not listed.", "转换或筛选引用了未列出的阶段。"),
    ),
    error(
        "E403",
        ('the pipeline "{name}" has no stages', "流程“{name}”没有阶段"),
        ("List at least one under states:.", "请在 states: 下至少列出一个。"),
    ),
    error(
        "E404",
        ('{entity} has no pipeline for its stage field "{name}"', "{entity} 的阶段字段“{name}”没有对应的流程"),
        (
            "A field of type stage shows the stages of a pipeline whose entity is this one.",
            "stage 类型的字段显示所属实体的流程阶段。",
        ),
    ),
    error(
        "E405",
        ('nobody may make the transition "{name}"', "没有人可以执行转换“{name}”"),
        (
            "None of the roles in `who` may update the records. Name another role or give it the right.",
            "`who` 中的角色都不能更新这些记录。请指定其他角色，或授予权限。",
        ),
    ),
    error(
        "E406",
        ('{entity} has no stage field for the pipeline "{name}"', "{entity} 没有使用流程“{name}”的阶段字段"),
        (
            "A pipeline is shown by a field of type stage of its entity. Add one, or name the field with `field`.",
            "流程由其实体的 stage 类型字段显示。请添加一个，或用 `field` 指定字段。",
        ),
    ),
    error(
        "E410",
        ("the value of {field} is refused: {reason}", "{field} 的值被拒绝：{reason}"),
        ("A record in seed or demo has a value its field does not accept.", "seed 或 demo 中的记录有字段不接受的值。"),
    ),
    error(
        "E411",
        ('there is no {entity} with the reference "{name}"', "没有引用名为“{name}”的 {entity}"),
        (
            "A link in seed or demo names the reference of another record, as it is written there.",
            "seed 或 demo 中的链接要写另一条记录的引用名。",
        ),
    ),
    error(
        "E412",
        ('the reference "{name}" is used twice; the other is at {other}', "引用名“{name}”使用了两次；另一处在 {other}"),
        ("References are unique within an entity.", "引用名在同一实体内必须唯一。"),
    ),
    error(
        "E420",
        ('the menu names "{name}", which is no view, page or entity', "菜单引用了“{name}”，它不是视图、页面或实体"),
        ("A menu entry opens a view, a page or an entity's list.", "菜单项打开视图、页面或实体列表。"),
    ),
)
