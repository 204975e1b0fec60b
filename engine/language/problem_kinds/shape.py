"""E2xx: keys, values, names, options and links that do not fit the grammar."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E201",
        ('unknown key "{key}"', "未知的键“{key}”"),
        (
            "This part of the language has no such key. Check the spelling, or the reference page of the section.",
            "语言的这一部分没有这个键。请检查拼写，或查看该部分的参考页。",
        ),
    ),
    error(
        "E202",
        ('the key "{key}" is missing', "缺少键“{key}”"),
        ("This part cannot work without the key. Add it.", "没有这个键，该部分无法工作。请加上它。"),
    ),
    error(
        "E203",
        ("{wanted} is wanted here; this is {found}", "此处应为{wanted}；实际是{found}"),
        (
            "The value is of another kind than the key wants. A number in quotes is a text.",
            "值的种类与键的要求不符。带引号的数字是文本。",
        ),
    ),
    error(
        "E204",
        ('"{value}" is not one of {allowed}', "“{value}”不在可选值之中：{allowed}"),
        ("Only the listed words are possible here.", "此处只能使用列出的词。"),
    ),
    error(
        "E205",
        ("{value} is out of range: {limit}", "{value} 超出范围：{limit}"),
        ("The number is too small or too large for this key.", "该数字对这个键来说太小或太大。"),
    ),
    error(
        "E206",
        ('"{name}" is not a legal name', "“{name}”不是合法的名称"),
        (
            "A name starts with a letter a-z; letters, digits and single underscores follow, 40 characters at most.",
            "名称以小写字母 a-z 开头，后接字母、数字和单个下划线，最多 40 个字符。",
        ),
        ("use a-z, 0-9 and single underscores", "请使用 a-z、0-9 和单个下划线"),
    ),
    error(
        "E207",
        ('the name "{name}" is reserved', "名称“{name}”是保留字"),
        (
            "The engine or its expressions use this word already. Choose a longer name.",
            "引擎或表达式已使用这个词。请选择更长的名称。",
        ),
    ),
    error(
        "E208",
        ('"{value}" does not have this form: {form}', "“{value}”不符合此格式：{form}"),
        ("The text must follow a fixed form here.", "此处的文本必须符合固定格式。"),
    ),
    error(
        "E209",
        ("this wants {limit}; it has {found}", "此处应为{limit}；实际为 {found}"),
        ("The text, list or map is too short or too long.", "文本、列表或映射太短或太长。"),
    ),
    error(
        "E210",
        ('unknown field type "{value}"', "未知的字段类型“{value}”"),
        (
            "The reference lists every field type. A type of another package must be switched on in the settings.",
            "参考页列出了所有字段类型。其他包的类型要在设置中启用。",
        ),
    ),
    error(
        "E211",
        ('a field of type {type} has no option "{key}"', "{type} 类型的字段没有选项“{key}”"),
        (
            "Each field type has its own options besides the common ones. The reference lists them.",
            "除通用选项外，每种字段类型有自己的选项。参考页列出了它们。",
        ),
    ),
    error(
        "E212",
        ('there is no entity "{name}"', "没有名为“{name}”的实体"),
        (
            "A link, view or pipeline names an entity that no file defines.",
            "链接、视图或流程引用了没有任何文件定义的实体。",
        ),
    ),
    error(
        "E213",
        ('unknown field "{name}" in {where}', "{where} 中的字段“{name}”不存在"),
        ("The entity has no field of this name.", "该实体没有这个名称的字段。"),
    ),
    error(
        "E214",
        ('there is no pipeline "{name}"', "没有名为“{name}”的流程"),
        ("Define the pipeline under pipelines:, or name another.", "请在 pipelines: 下定义该流程，或改用其他流程。"),
    ),
    error(
        "E215",
        ('there is no role "{name}"', "没有名为“{name}”的角色"),
        ("Define the role under roles:, or name another.", "请在 roles: 下定义该角色，或改用其他角色。"),
    ),
    error(
        "E216",
        ('there is no option set "{name}"', "没有名为“{name}”的选项集"),
        ("Define it under options:, or list the choices in place.", "请在 options: 下定义，或直接列出选项。"),
    ),
    error(
        "E217",
        ('there is no {kind} "{name}"', "没有名为“{name}”的 {kind}"),
        ("A view, form or page of this name is not defined.", "没有定义这个名称的视图、表单或页面。"),
    ),
    error(
        "E218",
        ("the default does not fit the field: {reason}", "默认值不适合该字段：{reason}"),
        (
            "A new record would start with a value its own field refuses.",
            "新记录会以该字段拒绝的值开始。",
        ),
    ),
    error(
        "E219",
        ('the entity "{name}" has no usable title field', "实体“{name}”没有可用的标题字段"),
        (
            "`title` names the text field that people know a record by.",
            "`title` 指定人们用来识别记录的文本字段。",
        ),
    ),
    error(
        "E220",
        ('"{key}" is not a link from {of} back to {entity}', "“{key}”不是从 {of} 指回 {entity} 的链接"),
        (
            "Line items belong to their record through a link field of their own; `key` names it.",
            "明细行通过自己的链接字段归属于记录；`key` 指定该字段。",
        ),
    ),
    error(
        "E221",
        ('"{name}" is already defined at {other}', "“{name}”已在 {other} 定义"),
        (
            "Two files of one package give the same thing. Maps of several files merge; each value is written once.",
            "同一个包的两个文件给出了同一内容。多个文件的映射会合并，但每个值只写一次。",
        ),
    ),
    error(
        "E222",
        ('"{value}" is listed twice', "“{value}”列出了两次"),
        ("Each entry of this list is there once.", "此列表中的每一项只能出现一次。"),
    ),
    error(
        "E223",
        ("this value does not fit here", "此处不能使用这个值"),
        ("The reference of the section says what can stand here.", "该部分的参考页说明此处可以写什么。"),
    ),
    error(
        "E224",
        (
            '"{name}" is a {type} and can be neither unique nor indexed',
            "“{name}”的类型是 {type}，不能唯一，也不能建索引",
        ),
        (
            "No database keeps texts of any length, or values without an order, in an index.",
            "数据库不能为任意长度的文本或没有顺序的值建立索引。",
        ),
    ),
    error(
        "E225",
        ('line items of "{name}" lead back to themselves', "“{name}”的明细指回了自身"),
        (
            "A line item belongs to one record and follows its rights. Use a link for a tree of records.",
            "明细属于一条记录，并沿用它的权限。树状记录请使用 link。",
        ),
    ),
    error(
        "E226",
        ('"{name}" holds line items of {one} and of {other}', "“{name}”同时是 {one} 和 {other} 的明细"),
        (
            "A line item belongs to one record and follows its rights. Make an entity for each.",
            "明细只属于一种记录，并沿用它的权限。请为每种记录单独建一个实体。",
        ),
    ),
    error(
        "E227",
        ("this {option} cannot be used: {reason}", "无法使用此 {option}：{reason}"),
        (
            "The text has the right kind, but the field type cannot work with it.",
            "文本的种类正确，但该字段类型无法使用它。",
        ),
        ("the reference of the field type shows what can stand here", "字段类型的参考页说明此处可以写什么"),
    ),
    error(
        "E228",
        ('"{option}" has no meaning for a field of the type {type}', "“{option}”对 {type} 类型的字段没有意义"),
        (
            "The engine gives the value when a record is created, and nobody changes it.",
            "该字段的值由系统在创建记录时给出，任何人都不能修改。",
        ),
        ("take it out", "请删除它"),
    ),
    error(
        "E229",
        ('a role cannot do without "{name}"', "角色不能没有“{name}”"),
        (
            "Records are named by title and found by fields with `search: true`; line items are part of a record.",
            "记录以标题命名，可通过带 `search: true` 的字段查找；明细行是记录的一部分。",
        ),
        (
            "let the role read the field, hide whole records with `read`, or take `search: true` away",
            "请允许角色读取该字段，或用 `read` 隐藏整条记录，或去掉 `search: true`",
        ),
    ),
    error(
        "E230",
        ("rights to fields cannot be given for every entity at once", "不能一次为所有实体设置字段权限"),
        ("Each entity has fields of its own.", "每个实体有各自的字段。"),
        ("name the entity", "请写明实体"),
    ),
    error(
        "E270",
        ('"{key}" is not a link from {of} to {entity}', "“{key}”不是从 {of} 指向 {entity} 的链接"),
        (
            "Records that join two others lead to each of them through a link field of their own.",
            "连接两条记录的记录，通过自己的链接字段指向其中每一条。",
        ),
    ),
    error(
        "E271",
        (
            "{of} has {count} links to {entity} of its own; one is wanted",
            "{of} 有 {count} 个指向 {entity} 的链接；应有一个",
        ),
        (
            "Records that join two others have one link to each of them; where there are several, the field names one.",
            "连接两条记录的记录对每一方各有一个链接；有多个时，由字段指明其中一个。",
        ),
        (
            "give {of} a link to {entity}, or name it with `{option}`",
            "请为 {of} 添加指向 {entity} 的链接，或用 `{option}` 指明",
        ),
    ),
    error(
        "E272",
        (
            '"{name}" makes records of {of}, which requires "{field}" and has no default for it',
            "“{name}”会新建 {of} 的记录，而其中必填的“{field}”没有默认值",
        ),
        (
            "A link is made of the two records alone: whatever else the joining record requires needs a default.",
            "关联只由两条记录构成：连接记录的其他必填字段都需要默认值。",
        ),
        ('give "{field}" a default', "请给“{field}”设置默认值"),
    ),
)
