"""The reference of the sections of a blueprint."""

from __future__ import annotations

from collections.abc import Mapping

from engine.compiling import sections
from tools.docs.markdown import both, page as made, table
from tools.docs.schemas import Schema, head, meaning, nested, rows, value

TITLE = both("Sections", "配置节")
INTRODUCTION = both(
    "Any YAML file of a blueprint may hold any of these sections. In the tables `*` stands for a name you choose and "
    "`[]` for the items of a list. What a field may say is in [Field types](field-types.md).",
    "蓝图的任何 YAML 文件都可以包含任意配置节。表中 `*` 表示您自己取的名称，`[]` 表示列表中的各项。"
    "字段可用的选项见[字段类型](field-types.md)。",
)
WRITTEN = both("Written as", "写法")


def page(language: str) -> str:
    parts = [_section(name, schema, language) for name, schema in sections().items()]
    return made(language, TITLE, INTRODUCTION.in_(language), *parts)


def _section(name: str, schema: Schema, language: str) -> str:
    parts = [f"## {name}", meaning(schema, language)]
    open_map = isinstance(schema.get("additionalProperties"), Mapping)
    found = [] if open_map else list(rows(schema, language))
    found = found or list(nested(schema, language, name))
    if found:
        parts.append(table(head(language), found))
    else:
        parts.append(f"{WRITTEN.in_(language)}: {value(schema, language)}")
    return "\n\n".join(parts)
