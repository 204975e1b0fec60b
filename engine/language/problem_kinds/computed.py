"""Problems of fields that are worked out from others."""

from __future__ import annotations

from engine.language.problem_kind import error

KINDS = (
    error(
        "E490",
        ("computed fields are made of each other in a ring: {ring}", "计算字段互相依赖，形成了环：{ring}"),
        (
            "A value that is made of itself can never be worked out.",
            "由自身得出的值永远无法算出。",
        ),
        (
            "take one of them out; what lies below in a tree is a rollup over the link to its own entity",
            "请去掉其中一个；树中其下的记录可用指向自身实体的关联做 rollup",
        ),
    ),
    error(
        "E491",
        (
            '"{name}" is stored and reads {reads}, which changes without a write',
            "“{name}”是存储字段，却读取了不经写入也会变化的 {reads}",
        ),
        (
            "A stored value is worked out when a record is written. What depends on the day or on who asks is worked "
            "out when it is read.",
            "存储的值在写入记录时计算；取决于日期或当前用户的值要在读取时计算。",
        ),
        ("write stored: false", "请写 stored: false"),
    ),
    error(
        "E492",
        ('"{name}" leads to no records', "“{name}”不指向任何记录"),
        (
            "A rollup is over a children or links field, over the link of another entity that points here "
            "(deal.account), or over a link to its own entity. A lookup follows a link.",
            "rollup 汇总 children 或 links 字段、其他实体指向本实体的关联（deal.account），或指向自身实体的关联；"
            "lookup 沿用一个关联。",
        ),
    ),
    error(
        "E493",
        ('"{name}" does not say of which field it takes {fn}', "“{name}”没有说明对哪个字段取 {fn}"),
        ("Only count can do without a field.", "只有 count 可以不写字段。"),
        ("add field:", "请加上 field:"),
    ),
    error(
        "E494",
        ('"{name}" comes to a value that no field can hold', "“{name}”的结果无法存为字段"),
        (
            "Several links, files, secrets and line items cannot be computed.",
            "多个关联、文件、机密和明细不能作为计算结果。",
        ),
    ),
    error(
        "E496",
        (
            '"{name}" is a rollup that would have to be worked out when it is read',
            "“{name}”是 rollup，却需要在读取时计算",
        ),
        (
            "What many records come to is kept in the table: its condition may not depend on the day or on who asks.",
            "汇总值存于数据表，因此其条件不能取决于日期或当前用户。",
        ),
        ("a formula with count(…) is worked out when it is read", "可改用含 count(…) 的公式，它在读取时计算"),
    ),
    error(
        "E495",
        ("{fn} cannot be taken of {name}", "无法对 {name} 取 {fn}"),
        (
            "sum and avg take numbers, min and max numbers and dates. The field must be kept in the table: not one "
            "that is worked out when it is read.",
            "sum 和 avg 用于数字，min 和 max 用于数字和日期。字段必须存于数据表，不能是读取时才计算的字段。",
        ),
    ),
)
