"""E3xx: what can be wrong in an expression."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E301",
        ('the expression cannot be read at "{found}"', "表达式在“{found}”处无法读取"),
        (
            "Two values stand side by side, an operator is missing or is written twice, "
            "or a bracket does not belong here.",
            "两个值并列、缺少或重复了运算符，或者有多余的括号。",
        ),
    ),
    error(
        "E302",
        ("one = does not compare", "单个 = 不能用于比较"),
        (
            "An expression never changes a value; it compares with two equal signs.",
            "表达式从不修改值；比较要写两个等号。",
        ),
        ("write ==", "请写 =="),
    ),
    error(
        "E303",
        ('"{found}" has no meaning here', "“{found}”在此没有意义"),
        (
            "Expressions use the words and, or, not and the plain signs of a keyboard.",
            "表达式使用 and、or、not 这些词和键盘上的半角符号。",
        ),
        ("write {wanted}", "请写 {wanted}"),
    ),
    error(
        "E304",
        ("{construct} cannot be used in an expression", "表达式中不能使用{construct}"),
        (
            "Expressions hold names, values, comparisons, and, or, not, + - * /, if … else and the listed helpers. "
            "Nothing else can run in them.",
            "表达式只包含名称、值、比较、and、or、not、+ - * /、if … else 和列出的辅助函数，其他内容都不能运行。",
        ),
    ),
    error(
        "E305",
        (
            "the expression has {size} characters; at most {limit} are read",
            "表达式有 {size} 个字符；最多读取 {limit} 个",
        ),
        (
            "Split the rule in two, or keep part of it in a field of its own.",
            "请把规则拆成两条，或把一部分放进单独的字段。",
        ),
    ),
    error(
        "E306",
        (
            "the expression has too many parts; at most {nodes}, nested {depth} deep",
            "表达式的部分过多；最多 {nodes} 个，嵌套 {depth} 层",
        ),
        (
            "Split the rule in two, or keep part of it in a field of its own.",
            "请把规则拆成两条，或把一部分放进单独的字段。",
        ),
    ),
    error(
        "E307",
        ('"{found}" is not a number', "“{found}”不是数字"),
        (
            "A number is written with digits and one decimal point, such as 1250.50, without letters, signs of "
            "thousands or units.",
            "数字只用数字和一个小数点书写，例如 1250.50，不带字母、千位分隔符或单位。",
        ),
    ),
    error(
        "E308",
        ("the expression is empty", "表达式为空"),
        ("Write a condition, or true or false, or remove the line.", "请写一个条件，或 true、false，或删除这一行。"),
    ),
    error(
        "E309",
        ("the text that begins here has no closing quote", "从此处开始的文本缺少结束引号"),
        (
            "A text stands between two single or two double quotes of the same kind.",
            "文本要放在一对相同的单引号或双引号之间。",
        ),
    ),
    error(
        "E310",
        ("the expression ends too early", "表达式提前结束"),
        ("A value or a closing bracket is missing at the end.", "结尾缺少一个值或右括号。"),
    ),
    error(
        "E311",
        ('there is no field or name "{name}"', "没有名为“{name}”的字段或名称"),
        (
            "A bare word is a field of the record. A text is written in quotes: 'won'.",
            "不带引号的词是记录的字段。文本要加引号：'won'。",
        ),
        ("a text needs quotes", "文本需要加引号"),
    ),
    error(
        "E312",
        ('{owner} has no "{name}"', "{owner}没有“{name}”"),
        ("The word after the point must be a field of the linked record.", "点后面的词必须是所关联记录的字段。"),
    ),
    error(
        "E313",
        ('"{name}" is a helper and needs brackets', "“{name}”是辅助函数，需要加括号"),
        (
            "A helper is called with round brackets, even when it takes nothing.",
            "辅助函数要加圆括号调用，即使没有参数。",
        ),
        ("write {signature}", "请写 {signature}"),
    ),
    error(
        "E314",
        ("{signature} is called with a wrong number of values: {given}", "调用 {signature} 时值的个数不对：{given}"),
        (
            "The helper takes the values named in its brackets; [those in square brackets] may be left out.",
            "辅助函数需要括号中列出的值；[方括号中的]可以省略。",
        ),
    ),
    error(
        "E315",
        ("{sign} does not work between {left} and {right}", "{sign} 不能用在{left}和{right}之间"),
        (
            "Both sides must be of kinds that go together: numbers with numbers, texts with texts, a date with days.",
            "两侧的类型必须匹配：数字与数字、文本与文本、日期与天数。",
        ),
    ),
    error(
        "E316",
        ('"{key}" is not one of the choices {keys}', "“{key}”不在选项之中：{keys}"),
        (
            "A choice or a stage is compared with one of its keys, not with its label.",
            "选项或阶段要与它的键比较，而不是与显示名称比较。",
        ),
    ),
    error(
        "E317",
        ("{wanted} is expected here; this is {given}", "此处应为{wanted}；实际是{given}"),
        (
            "A condition answers yes or no, so it needs a comparison such as amount > 0; a value must fit its field.",
            "条件要回答是或否，因此需要比较，例如 amount > 0；值必须与字段类型一致。",
        ),
    ),
    error(
        "E318",
        ("{left} and {right} are two currencies", "{left} 和 {right} 是两种货币"),
        (
            "Amounts in different currencies are never added or compared: the result would mean nothing.",
            "不同货币的金额不能相加或比较，结果没有意义。",
        ),
    ),
    error(
        "E319",
        ("the result is either {left} or {right}", "结果可能是{left}，也可能是{right}"),
        ("All the values that may come out must be of one kind.", "所有可能的结果必须是同一类型。"),
    ),
    error(
        "E320",
        ("{sign} does not work before {given}", "{sign} 不能用在{given}之前"),
        ("Only a number has a sign.", "只有数字才有正负号。"),
    ),
    error(
        "E321",
        ("a date moves by whole days", "日期只能按整天移动"),
        ("The number added to a date may have no decimal places.", "与日期相加的数字不能有小数位。"),
        ("round the number first: round(…)", "请先取整：round(…)"),
    ),
    error(
        "E322",
        ("this must be a list of values in brackets", "此处应为放在括号中的值列表"),
        (
            "The right side of in and not in is a list of texts or numbers such as ['new', 'open'], "
            "or a list like me.teams. Lists stand nowhere else.",
            "in 和 not in 的右侧是文本或数字的列表，例如 ['new', 'open']，或 me.teams 这样的列表。"
            "列表不能用在其他地方。",
        ),
        ("write it like ['new', 'open']", "请写成 ['new', 'open']"),
    ),
    error(
        "E323",
        ("this number could have more than {limit} digits", "此处的数字可能超过 {limit} 位"),
        (
            "Numbers stay exact however large they get, so a chain of multiplications has an end.",
            "数字无论多大都保持精确，因此连乘不能过长。",
        ),
        ("use round(…) on the way", "请在中途使用 round(…)"),
    ),
    error(
        "E324",
        ("a date and a date with time are compared", "日期与日期时间不能比较"),
        (
            "When a day begins depends on the time zone. Compare dates with today() and moments with now().",
            "一天的开始取决于时区。日期请与 today() 比较，时刻请与 now() 比较。",
        ),
        ("use today() with dates and now() with times", "日期用 today()，时刻用 now()"),
    ),
    error(
        "E325",
        ('there is no helper "{name}"', "没有名为“{name}”的辅助函数"),
        ("Only the listed helpers can be called.", "只能调用列出的辅助函数。"),
    ),
    error(
        "E326",
        ("this value has no parts", "该值没有组成部分"),
        ("A point stands only after a link, a stage or me.", "点只能用在关联、阶段或 me 之后。"),
    ),
    error(
        "E327",
        ("a chain of comparisons stands inside another", "一串比较中嵌套了另一串比较"),
        ("Write the inner one with and: a < b and b < c.", "请用 and 写内层比较：a < b and b < c。"),
    ),
    error(
        "E328",
        ("{left} cannot be in a list of values like {item}", "{left}不可能在由{item}组成的列表中"),
        ("The value and the items of the list must be of one kind.", "值与列表项必须是同一类型。"),
    ),
    error(
        "E329",
        ("{signature} takes {wanted} here, not {given}", "{signature} 在此需要{wanted}，而不是{given}"),
        ("Each helper works on its own kinds of values.", "每个辅助函数只能处理特定类型的值。"),
    ),
    error(
        "E330",
        (
            "{signature} needs a number from 0 to {limit} here, written out",
            "{signature} 在此需要直接写出的数字，范围是 0 到 {limit}",
        ),
        ("How exact or how large a result is cannot depend on a record.", "结果的精度和大小不能取决于记录。"),
    ),
    error(
        "E331",
        ("{signature} needs a whole number here", "{signature} 在此需要整数"),
        (
            "A number of days, months or characters has no decimal places.",
            "天数、月数或字符数不能有小数。",
        ),
        ("round the number first: round(…)", "请先取整：round(…)"),
    ),
    error(
        "E332",
        ("{signature} is a span of days", "{signature} 是一段日期"),
        (
            "A span such as this_month() stands to the right of in, and the date that may lie in it to the left.",
            "this_month() 这样的日期范围写在 in 的右侧，要判断的日期写在左侧。",
        ),
        ("write it like close_date in {signature}", "请写成 close_date in {signature}"),
    ),
    error(
        "E340",
        ("{path} follows more than {limit} links", "{path} 经过的关联超过 {limit} 个"),
        (
            "Every link is one more table to look into. Keep what is needed from far away in a field of a nearer "
            "record.",
            "每个关联都要多查一张表。请把远处需要的值放进较近记录的字段里。",
        ),
    ),
    error(
        "E341",
        ('"{name}" is no field of the record that is tested here', "“{name}”不是此处所检验记录的字段"),
        (
            "Inside count and exists a bare name is a field of the record that is tested; record is the one outside.",
            "在 count 和 exists 中，不带前缀的名称是所检验记录的字段；record 指外面的记录。",
        ),
        ("write {written} for the record outside", "外面的记录请写 {written}"),
    ),
    error(
        "E342",
        ("there is no record outside", "外面没有记录"),
        (
            "record is the record outside a count or an exists. Elsewhere a field is written without it.",
            "record 指 count 或 exists 之外的记录。在其他地方，字段前不加 record。",
        ),
        ("write the field alone", "请只写字段名"),
    ),
    error(
        "E343",
        ("{name} needs records here", "{name} 在此需要一组记录"),
        (
            "It looks at line items, at records that links name, at those that lead here, or at all of an entity.",
            "它可用于明细、链接所指的记录、指向本记录的记录，或某个实体的全部记录。",
        ),
        ("name line items, links or an entity", "请写明细、链接或实体的名称"),
    ),
    error(
        "E344",
        ("count and exists stand more than {limit} deep in each other", "count 与 exists 嵌套超过 {limit} 层"),
        (
            "Each of them looks through records for every record of the one outside.",
            "每嵌套一层，都要为外层的每条记录再查一遍。",
        ),
        ("keep the inner number in a field", "请把内层的数保存在字段里"),
    ),
    error(
        "E345",
        ("{name} is known only while a write is judged", "{name} 只在判断一次写入时才有"),
        (
            "required, validate, checks and the if of a transition judge a write. A filter, a right or a formula looks "
            "at records as they are.",
            "required、validate、checks 以及流转的 if 判断的是写入。筛选、权限和公式只看记录现有的样子。",
        ),
        ("compare with the present value", "请与当前值比较"),
    ),
    error(
        "E346",
        ('"{name}" is several records', "“{name}”是多条记录"),
        ("Ask how many there are, or whether there is one.", "可以问有多少条，或是否存在。"),
        ("write count({name}, …) or exists({name}, …)", "请写 count({name}, …) 或 exists({name}, …)"),
    ),
    error(
        "E347",
        ("changed takes the name of a field", "changed 需要一个字段名"),
        ("It says whether this write changes that field of the record.", "它表示这次写入是否修改了该记录的这个字段。"),
        ("write it like changed(amount)", "请写成 changed(amount)"),
    ),
)
