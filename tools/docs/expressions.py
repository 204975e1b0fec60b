"""The reference of expressions: what can be written, what it means."""

from __future__ import annotations

from engine.expressions.names import MOST_LINKS
from engine.expressions.quantified import DEEPEST
from engine.expressions.syntax import LONGEST, MOST_NODES
from engine.locale.text import Text
from tools.docs.markdown import both, code, page as made, table

TITLE = both("Expressions", "表达式")
GRAMMAR_TITLE = both("Grammar", "语法")
FUNCTIONS_TITLE = both("Functions", "函数")
MEANING_TITLE = both("Meaning", "含义")
HEAD = both("Written|What it is|Example", "写法|说明|示例")
GRAMMAR: tuple[tuple[str, Text, str], ...] = (
    ("12, 1.5", both("an exact number", "精确数字"), "amount >= 1000"),
    ("'text'", both("a text, or the key of an option or stage", "文本，或选项、阶段的键"), "stage == 'won'"),
    ("true, false, null", both("yes, no and no value", "是、否、空值"), "done == false"),
    ("name", both("a field of the record", "记录的字段"), "name"),
    (
        "link.name",
        both(
            f"a field of the record a link leads to, over up to {MOST_LINKS} links; empty where one leads nowhere",
            f"链接所指记录的字段，最多经过 {MOST_LINKS} 个链接；链接为空时为空值",
        ),
        "account.owner.name",
    ),
    (
        "me, me.team, me.manager",
        both("the user who asks, and fields of theirs", "当前用户及其字段"),
        "account.owner == me.manager",
    ),
    (
        "me.teams",
        both("the teams they work in or lead, and those below these", "其所在和所领导的团队及下级团队"),
        "owner == me or team in me.teams",
    ),
    (
        "stage.kind, stage.probability",
        both("what the pipeline says of a stage", "流程中阶段的属性"),
        "stage.kind == 'open'",
    ),
    ("==, !=", both("equal, not equal; two empty values are equal", "等于、不等于；两个空值相等"), "owner != null"),
    ("<, <=, >, >=", both("order; false beside an empty value", "大小比较；有空值时为假"), "close_date < today()"),
    ("in, not in", both("one of several", "属于、不属于"), "stage in ['won', 'lost']"),
    ("and, or, not", both("both, one of them, the opposite", "且、或、非"), "not (won or lost)"),
    ("+, -, *, /", both("exact arithmetic; a date plus or minus days", "精确运算；日期加减天数"), "today() + 14"),
    ("a if c else b", both("one of two values", "二选一"), "10 if vip else 0"),
    (
        "count(lines, where)",
        both(
            "how many line items, linked records or records of an entity meet a condition, or how many there are",
            "满足条件的明细、关联记录或某实体记录的个数；不写条件时为总数",
        ),
        "count(lines, price > 100) >= 2",
    ),
    (
        "exists(entity, where)",
        both(
            "whether there is one; in the condition bare names are of the record tested, record is the one outside",
            "是否存在；条件中不带前缀的名称属于被检验的记录，record 指外面的记录",
        ),
        "exists(contract, account == record.account and active)",
    ),
    (
        "old.name, changed(name)",
        both(
            "in required, validate, checks and the if of a transition: what a field was before the write, empty for a "
            "new record, and whether the write changes it",
            "仅用于 required、validate、checks 和流转的 if：字段在写入前的值（新记录为空），以及本次写入是否修改了它",
        ),
        "old == null or amount <= old.amount",
    ),
    ("f(a, b)", both("a function", "函数"), "coalesce(nickname, name)"),
)
MEANING = (
    both(
        "Booleans are true or false, never unknown: a comparison of order with an empty value is false.",
        "布尔值只有真和假，没有“未知”：与空值比较大小结果为假。",
    ),
    both("Arithmetic with an empty value is empty; so is a division by zero.", "与空值运算结果为空，除以零也为空。"),
    both("An empty text is no value.", "空文本等同于空值。"),
    both(
        "A link to a record in the bin reads that record as it stands.",
        "指向回收站中记录的链接，按该记录现有内容读取。",
    ),
    both(
        "Numbers are decimals: `+ - *` are exact, `/` goes to 12 places, and a field rounds half away from zero.",
        "数字均为十进制：`+ - *` 精确，`/` 保留 12 位小数，存入字段时四舍五入。",
    ),
    both(
        f"`count` and `exists` leave out the records in the bin, see every other one whoever asks, and stand at most "
        f"{DEEPEST} deep in each other.",
        f"`count` 和 `exists` 不计回收站中的记录；其余记录无论谁询问都计入；最多嵌套 {DEEPEST} 层。",
    ),
    both("Texts compare by code point; capitals matter.", "文本按字符编码比较，区分大小写。"),
    both(
        "`today()` and `now()` are bound once per request, in the workspace's time zone.",
        "`today()` 和 `now()` 每次请求只取一次，按工作区时区计算。",
    ),
    both(
        "The same expression gives the same answer on one record in Python and over a table in SQL.",
        "同一表达式对单条记录（Python）和整张表（SQL）的结果相同。",
    ),
)
LIMITS = both(
    f"An expression has at most {LONGEST} characters and {MOST_NODES} parts.",
    f"一个表达式最多 {LONGEST} 个字符、{MOST_NODES} 个组成部分。",
)
FUNCTIONS = both(
    "[Every function](functions.md) with what it takes and gives, and examples.",
    "[全部函数](functions.md)及其参数、结果与示例。",
)


def page(language: str) -> str:
    grammar = table(
        HEAD.in_(language).split("|"),
        ([code(written), what.in_(language), code(example)] for written, what, example in GRAMMAR),
    )
    meaning = "\n".join(f"- {line.in_(language)}" for line in (*MEANING, LIMITS))
    return made(
        language,
        TITLE,
        *(f"## {GRAMMAR_TITLE.in_(language)}", grammar, f"## {MEANING_TITLE.in_(language)}", meaning),
        *(f"## {FUNCTIONS_TITLE.in_(language)}", FUNCTIONS.in_(language)),
    )
