"""E24x: what can be wrong in functions and parameters of a blueprint."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error, warning

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E240",
        ('"{name}" is a helper of the engine', "“{name}”是引擎自带的辅助函数"),
        (
            "A function of the blueprint needs a name of its own, so that an expression means the same everywhere.",
            "蓝图自定义的函数需要独有的名称，使表达式在各处含义相同。",
        ),
    ),
    error(
        "E241",
        ("the functions call each other in a ring: {ring}", "函数相互调用形成了环：{ring}"),
        (
            "A call is replaced by what the function says, so that has to come to an end.",
            "调用会替换为函数的内容，因此必须有尽头。",
        ),
    ),
    error(
        "E242",
        ('the function does nothing with "{name}"', "函数没有用到“{name}”"),
        (
            "Each value a function takes must stand in its expression, else whoever calls it is misled.",
            "函数接收的每个值都必须出现在其表达式中，否则调用者会被误导。",
        ),
    ),
    error(
        "E243",
        ('there is no parameter "{name}"', "没有名为“{name}”的参数"),
        ("After param. stands the name of an entry of `parameters`.", "param. 之后是 `parameters` 中某一项的名称。"),
    ),
    error(
        "E244",
        ('a {what} cannot be of type "{type}"', "{what}不能是“{type}”类型"),
        (
            "Parameters are texts, numbers, yes or no, choices and days; functions take whatever one value can be.",
            "参数可以是文本、数字、是否、选项和日期；函数可以接收任何单个的值。",
        ),
    ),
    error(
        "E245",
        ('"{written}" stands in an expression', "表达式中出现了“{written}”"),
        (
            "In plain texts the value of a parameter is written ${param.name}; expressions know it by its name.",
            "在普通文本中参数的值写作 ${param.name}；表达式直接使用其名称。",
        ),
        ("write {wanted}", "请写 {wanted}"),
    ),
    error(
        "E246",
        ('"{name}" is neither true nor false', "“{name}”不是是否类参数"),
        (
            "`when_param` names a parameter of type boolean, or says which value others must have: {region: eu}.",
            "`when_param` 指名一个 boolean 类型的参数，或说明其他参数应有的值：{region: eu}。",
        ),
    ),
    warning(
        "W640",
        ('the function "{name}" is never used', "函数“{name}”从未使用"),
        ("Remove it, or call it in an expression.", "请删除它，或在表达式中调用它。"),
    ),
    warning(
        "W641",
        ('the parameter "{name}" is never used', "参数“{name}”从未使用"),
        (
            "Remove it, or write param.x in an expression, ${param.x} in a text, or when_param.",
            "请删除它，或在表达式中写 param.x，在文本中写 ${param.x}，或使用 when_param。",
        ),
    ),
)
