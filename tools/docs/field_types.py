"""The reference of field types."""

from __future__ import annotations

from engine.compiling import field_types
from engine.locale.text import Text
from engine.schema.comparisons import COMPARISONS
from engine.schema.field_type import FieldType
from engine.schema.sections import COMMON_OPTIONS
from tools.docs.markdown import both, code, listed, page as made, table
from tools.docs.schemas import head, rows

TITLE = both("Field types", "字段类型")
COMMON = both("Options of every field", "所有字段通用的选项")
OPTIONS = both("Options of its own", "自有选项")
NONE = both("It has no options of its own.", "没有自有选项。")
FILTERS = both("Filters", "筛选方式")
EXAMPLES = both("What is typed|What is shown in English", "输入|英文界面显示")


def page(language: str) -> str:
    types = field_types()
    overview = table(
        both("Type|Name|What it is", "类型|名称|说明").in_(language).split("|"),
        (
            [f"[{code(name)}](#{name})", kind.label.in_(language), kind.help.in_(language)]
            for name, kind in types.items()
        ),
    )
    common = table(head(language), rows({"properties": COMMON_OPTIONS}, language))
    parts = [_type(name, kind, language) for name, kind in types.items()]
    return made(language, TITLE, overview, f"## {COMMON.in_(language)}", common, *parts)


def _type(name: str, kind: FieldType, language: str) -> str:
    parts = [f"## {name}", f"**{kind.label.in_(language)}.** {kind.help.in_(language)}", _options(kind, language)]
    if kind.comparisons:
        labels = listed((_label(word).in_(language) for word in kind.comparisons), language)
        parts.append(f"{FILTERS.in_(language)}: {labels}")
    if shown := [[code(sample.typed), code(sample.shown)] for sample in kind.samples if sample.shown]:
        parts.append(table(EXAMPLES.in_(language).split("|"), shown))
    return "\n\n".join(parts)


def _options(kind: FieldType, language: str) -> str:
    if not kind.options:
        return NONE.in_(language)
    own = {"properties": kind.options, "required": kind.required_options}
    return f"{OPTIONS.in_(language)}:\n\n" + table(head(language), rows(own, language))


def _label(comparison: str) -> Text:
    return COMPARISONS[comparison].label
