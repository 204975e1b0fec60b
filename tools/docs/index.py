"""The first page of the reference."""

from __future__ import annotations

from tools.docs.markdown import both, page as made

TITLE = both("Reference", "参考手册")
LINKS = both(
    "- [Sections](sections.md): what a blueprint may say\n"
    "- [Field types](field-types.md) and their options\n"
    "- [Expressions](expressions.md): how they are written\n"
    "- [Functions of expressions](functions.md)\n"
    "- [Comparisons of filters](comparisons.md)\n"
    "- [Problem codes](problems.md)\n"
    "- [Performance](../performance.md): what was measured, beside hand-written code",
    "- [配置节](sections.md)：蓝图可以写什么\n"
    "- [字段类型](field-types.md)及其选项\n"
    "- [表达式](expressions.md)：写法\n"
    "- [表达式函数](functions.md)\n"
    "- [筛选比较方式](comparisons.md)\n"
    "- [问题代码](problems.md)\n"
    "- [性能](../performance.zh-CN.md)：与手写代码对比的测量结果",
)


def page(language: str) -> str:
    return made(language, TITLE, LINKS.in_(language))
