"""E14x to E16x: what can be wrong with packages, tables of records and translations."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E141",
        ('there is no package "{name}" beside this one', "旁边没有名为“{name}”的包"),
        (
            "`extends` names a folder beside this package, by its path or by the id its blueprint.yaml gives.",
            "`extends` 用路径或 blueprint.yaml 中的 id 指定旁边的包文件夹。",
        ),
    ),
    error(
        "E142",
        ('"{name}" has the version {found}; {wanted} is wanted', "“{name}”的版本为 {found}；要求 {wanted}"),
        (
            "The package that was found does not satisfy the version range. Widen the range or fetch another version.",
            "找到的包不满足版本范围。请放宽范围，或换用其他版本。",
        ),
    ),
    error(
        "E143",
        ("packages extend each other in a ring: {ring}", "包之间循环扩展：{ring}"),
        (
            "A package cannot be built on itself. Move the shared part to a third package.",
            "包不能以自身为基础。请把共享部分移到第三个包。",
        ),
    ),
    error(
        "E144",
        ('"{text}" is not a version range', "“{text}”不是版本范围"),
        (
            'A range is written as "^1.2", "~1.2.3", ">=1.0", "<2" or several of them with commas between.',
            '版本范围写作 "^1.2"、"~1.2.3"、">=1.0"、"<2"，多个条件用逗号分隔。',
        ),
        ('write it like "^1.2" or ">=1.0, <2"', '请写成 "^1.2" 或 ">=1.0, <2"'),
    ),
    error(
        "E145",
        ('"{text}" is not a version', "“{text}”不是版本号"),
        ("A version is three numbers: 1.4.0.", "版本号由三个数字组成：1.4.0。"),
        ("write three numbers, such as 1.4.0", "请写三个数字，例如 1.4.0"),
    ),
    error(
        "E146",
        ("an entry of extends wants either id or path", "extends 的每一项需要 id 或 path 之一"),
        (
            'Write {id: base, version: "^1.0"} or {path: ../base}.',
            '请写 {id: base, version: "^1.0"} 或 {path: ../base}。',
        ),
    ),
    error(
        "E147",
        ('"{path}" lies inside the package that extends it', "“{path}”位于扩展它的包之内"),
        (
            "Every file below a blueprint's folder is part of that blueprint already. Move the package beside it.",
            "蓝图文件夹下的所有文件已经属于该蓝图。请把包移到它的旁边。",
        ),
    ),
    error(
        "E151",
        ("the column {column} of the header {fault}", "标题行第 {column} 列{fault}"),
        (
            "The first line of a CSV file names the fields, each once; its first column is ref.",
            "CSV 文件的第一行是字段名，每个只出现一次；第一列是 ref。",
        ),
    ),
    error(
        "E152",
        ("the row has {found} cells; the header has {wanted}", "这一行有 {found} 个单元格；标题行有 {wanted} 个"),
        (
            "A comma inside a value needs double quotes around the value.",
            "值中的逗号需要用双引号把值括起来。",
        ),
    ),
    error(
        "E153",
        ("the row has no reference in its column ref", "这一行的 ref 列没有引用名"),
        (
            "Every record has a reference that links can name. Write a short name that is unique in the file.",
            "每条记录都有一个可供链接使用的引用名。请写一个在文件中唯一的短名。",
        ),
    ),
    error(
        "E154",
        ("the table is not readable as CSV: {reason}", "无法按 CSV 读取表格：{reason}"),
        (
            "A table is UTF-8 text with commas; a value with a comma, quote or line break stands in double quotes.",
            "表格是用逗号分隔的 UTF-8 文本；含逗号、引号或换行的值要用双引号括起来。",
        ),
    ),
    error(
        "E161",
        (
            'the translation "{address}" names nothing: there is no "{part}"',
            "译文“{address}”没有对应内容：没有“{part}”",
        ),
        (
            (
                "A translation is addressed by the path of the text it "
                "translates, such as entities.deal.fields.amount.label."
            ),
            "译文用被翻译文本的路径定位，例如 entities.deal.fields.amount.label。",
        ),
    ),
    error(
        "E162",
        ('the translation "{address}" does not point at a text', "译文“{address}”指向的不是文本"),
        (
            "Give the path of one label, help or message, not of the map around it.",
            "请给出某个标签、帮助或消息的路径，而不是它外面的映射。",
        ),
    ),
    error(
        "E163",
        ('"{address}" already has a text in {language}', "“{address}”已有 {language} 文本"),
        (
            "The text is written both beside the label and in i18n/. Keep one of them.",
            "该文本在标签旁边和 i18n/ 中都写了。请只保留一处。",
        ),
    ),
)
