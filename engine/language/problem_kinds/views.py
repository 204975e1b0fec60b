"""E440 to E459: what can be wrong in boards, calendars, galleries, trees and pivots."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E440",
        ('"{name}" cannot be the rows of a board', "“{name}”不能作为看板的行"),
        (
            "A row stands for one value of few, so a choice, a link or a user fits.",
            "每一行代表一个取值，因此只能用选项、关联或用户字段。",
        ),
        ("name a choice, link or user field", "请写一个选项、关联或用户字段"),
    ),
    error(
        "E441",
        ('"{name}" is no lane: {field} has no such option', "“{name}”不是泳道：{field} 没有这个选项"),
        ("A limit belongs to a lane, which is an option of the board's field.", "上限属于泳道，即看板字段的一个选项。"),
    ),
    error(
        "E442",
        ('"{name}" has no options and gives no colours', "“{name}”没有选项，无法提供颜色"),
        (
            "The options of a field carry hues. Other values are coloured by rules.",
            "字段的选项带有颜色，其他值请用规则着色。",
        ),
        ("write colours: with conditions instead", "请改用带条件的 colours:"),
    ),
    error(
        "E443",
        ('the calendar "{name}" does not say when its events are', "日历“{name}”没有说明事件的时间"),
        ("An event stands on the day of one date field.", "事件按某个日期字段显示在当天。"),
        ("add from: and a date or datetime field", "请加上 from: 和一个日期或日期时间字段"),
    ),
    error(
        "E444",
        ('"{name}" is no date', "“{name}”不是日期"),
        ("A calendar needs a field of type date or datetime.", "日历需要 date 或 datetime 类型的字段。"),
    ),
    error(
        "E445",
        ('an event cannot end with "{name}"', "事件不能以“{name}”结束"),
        (
            "It ends with a field of the same type as its start, or lasts as long as a duration says.",
            "结束字段须与开始字段类型相同，或者用时长字段表示持续时间。",
        ),
    ),
    error(
        "E451",
        ('"{name}" is no time of day', "“{name}”不是时间"),
        (
            "An event that begins on a date takes its time from a field of type time.",
            "以日期开始的事件从 time 类型的字段取得时间。",
        ),
    ),
    error(
        "E446",
        ('the tree "{name}" does not say what stands above a record', "树形视图“{name}”没有说明记录的上级"),
        ("A record stands below the one its link leads to.", "记录位于其关联字段指向的记录之下。"),
        ("add parent: and a link with tree: true", "请加上 parent: 和一个带 tree: true 的关联字段"),
    ),
    error(
        "E447",
        ('"{name}" makes no tree', "“{name}”不能构成树"),
        (
            "A tree needs a link to the same entity that says tree: true; then no record can be put below itself.",
            "树形视图需要一个指向同一实体并写明 tree: true 的关联字段，这样记录不会被放到自己之下。",
        ),
        ("add tree: true to a link to the same entity", "请在指向同一实体的关联字段上加 tree: true"),
    ),
    error(
        "E448",
        ('records cannot be grouped by "{name}"', "记录不能按“{name}”分组"),
        (
            "Pivots and lists group by options, yes or no, links and dates.",
            "透视表和列表可以按选项、是否、关联和日期分组。",
        ),
    ),
    error(
        "E449",
        ('"{name}" has no days to group by {by}', "“{name}”不含日期，无法按 {by} 分组"),
        ("Only dates and moments have months, quarters and years.", "只有日期和日期时间才有月、季度和年。"),
    ),
    error(
        "E452",
        ('"{name}" has no {kind}', "“{name}”没有 {kind} 合计"),
        (
            "Numbers have an average, numbers and days a smallest and a largest value; everything can be counted.",
            "数字有平均值，数字和日期有最小值和最大值；任何字段都可以计数。",
        ),
        ("use count", "可以使用 count"),
    ),
)
