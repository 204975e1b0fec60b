"""What is wrong with an expression: a code, the exact place, a sentence and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.expressions.parse import ExpressionFault
from engine.expressions.types import BOOLEAN, DATE, TEXT, Type, choice, decimal, record
from engine.language.problem_kinds import KINDS
from engine.language.problems import Place, Problems
from tests.expressions.world import STAGES, understood

GOLDEN = Path(__file__).parents[1] / "cases" / "expression_faults.txt"
FAULTS: list[tuple[str, tuple[int, str], str]] = [
    ("", (0, ""), "E308 the expression is empty"),
    ("amount >", (8, ""), "E310 the expression ends too early"),
    ("amount amount", (7, "amount"), 'E301 the expression cannot be read at "amount"'),
    ("amount > 1)", (10, ")"), 'E301 the expression cannot be read at ")"'),
    ("amount = 1", (7, "="), "E302 one = does not compare; write =="),
    ("  amount = 1", (9, "="), "E302 one = does not compare; write =="),
    ("amount>1 && active", (9, "&&"), 'E303 "&&" has no meaning here; write and'),
    ("active || urgent", (7, "||"), 'E303 "||" has no meaning here; write or'),
    ("!active", (0, "!"), 'E303 "!" has no meaning here; write not'),
    ("active AND urgent", (7, "AND"), 'E303 "AND" has no meaning here; write and'),
    ("amount <> 1", (7, "<>"), 'E303 "<>" has no meaning here; write !='),
    ("name is null", (5, "is"), 'E303 "is" has no meaning here; write =='),
    ("name is not null", (5, "is not"), 'E303 "is not" has no meaning here; write !='),
    (
        "name == '中文' and amuont > 1",
        (17, "amuont"),
        'E311 there is no field or name "amuont"; did you mean "amount"?',
    ),
    ("Name == 'x'", (0, "Name"), 'E311 there is no field or name "Name"; did you mean "name"?'),
    ("stage == won", (9, "won"), 'E311 there is no field or name "won"; a text needs quotes'),
    ("account.nmae == 'x'", (8, "nmae"), 'E312 a record of account has no "nmae"; did you mean "name"?'),
    (
        "account.owner.account.owner.account.owner.name == 'x'",
        (36, "owner"),
        "E340 account.owner.account.owner.account.owner follows more than 4 links",
    ),
    ("team in owner.teams", (14, "teams"), 'E312 a record of user has no "teams"; did you mean "me.teams"?'),
    (
        "exists(contract, amount > 1)",
        (17, "amount"),
        'E341 "amount" is no field of the record that is tested here; write record.amount for the record outside',
    ),
    (
        "exists(account.deals, exists(contract, price > 1))",
        (39, "price"),
        'E311 there is no field or name "price"; a text needs quotes',
    ),
    ("record.amount > 1", (0, "record"), "E342 there is no record outside; write the field alone"),
    (
        "exists(lines, record.record.amount > 1)",
        (14, "record.record"),
        "E342 there is no record outside; write the field alone",
    ),
    (
        "exists(lines, record.amuont > 1)",
        (21, "amuont"),
        'E312 a record of deal has no "amuont"; did you mean "amount"?',
    ),
    ("exists(lnes)", (7, "lnes"), 'E343 exists needs records here; did you mean "lines"?'),
    ("count(amount, true) > 1", (6, "amount"), "E343 count needs records here; name line items, links or an entity"),
    (
        "count(account.owner, true) > 1",
        (6, "account.owner"),
        "E343 count needs records here; name line items, links or an entity",
    ),
    ("count() > 1", (0, "count()"), "E314 count(records, [where]) is called with a wrong number of values: 0"),
    ("exists(lines, price)", (14, "price"), "E317 a yes-or-no value is expected here; this is an amount in EUR"),
    (
        "exists(lines, exists(contract, exists(contract, true)))",
        (31, "exists(contract, true)"),
        "E344 count and exists stand more than 2 deep in each other; keep the inner number in a field",
    ),
    ("old.amount > 1", (0, "old"), "E345 old is known only while a write is judged; compare with the present value"),
    (
        "exists(lines, changed(amount))",
        (14, "changed"),
        "E345 changed(…) is known only while a write is judged; compare with the present value",
    ),
    ("lines == null", (0, "lines"), 'E346 "lines" is several records; write count(lines, …) or exists(lines, …)'),
    ("chagned(amount)", (0, "chagned"), 'E325 there is no helper "chagned"; did you mean "changed"?'),
    ("name.x == 1", (5, "x"), "E326 this value has no parts"),
    ("today > close_date", (0, "today"), 'E313 "today" is a helper and needs brackets; write today()'),
    ("contain(name, 'x')", (0, "contain"), 'E325 there is no helper "contain"; did you mean "contains"?'),
    ("amount(1)", (0, "amount"), 'E325 there is no helper "amount"'),
    ("contains(name)", (0, "contains(name)"), "E314 contains(text, part) is called with a wrong number of values: 1"),
    (
        "round(amount, 1, 2)",
        (0, "round(amount, 1, 2)"),
        "E314 round(number, [places]) is called with a wrong number of values: 3",
    ),
    ("len(amount) > 1", (4, "amount"), "E329 len(text) takes a text or a choice here, not an amount in EUR"),
    ("name + 'x'", (0, "name + 'x'"), "E315 + does not work between a text and a text"),
    ("name > 1", (0, "name > 1"), "E315 > does not work between a text and a number"),
    ("amount == '1'", (0, "amount == '1'"), "E315 == does not work between an amount in EUR and a text"),
    (
        "close_date == '2024-01-01'",
        (0, "close_date == '2024-01-01'"),
        "E315 == does not work between a date and a text",
    ),
    ("close_date + amount", (13, "amount"), "E321 a date moves by whole days; round the number first: round(…)"),
    (
        "close_date < seen_at",
        (0, "close_date < seen_at"),
        "E324 a date and a date with time are compared; use today() with dates and now() with times",
    ),
    ("seen_at + 1", (0, "seen_at + 1"), "E315 + does not work between a date with time and a number"),
    (
        "stage == 'wonn'",
        (9, "'wonn'"),
        'E316 "wonn" is not one of the choices new, proposal, won, lost; did you mean "won"?',
    ),
    (
        "stage in ['won', 'loose']",
        (17, "'loose'"),
        'E316 "loose" is not one of the choices new, proposal, won, lost; did you mean "lost"?',
    ),
    ("stage < 'won'", (0, "stage < 'won'"), "E315 < does not work between a choice and a text"),
    ("1 if active else 'x'", (0, "1 if active else 'x'"), "E319 the result is either a number or a text"),
    ("amount + price_usd > 0", (0, "amount + price_usd"), "E318 EUR and USD are two currencies"),
    ("amount > price_usd", (0, "amount > price_usd"), "E318 EUR and USD are two currencies"),
    (
        "owner == account",
        (0, "owner == account"),
        "E315 == does not work between a record of user and a record of account",
    ),
    ("team in ['a']", (9, "'a'"), "E315 == does not work between a record of team and a text"),
    (
        "owner in me.teams",
        (0, "owner in me.teams"),
        "E328 a record of user cannot be in a list of values like a record of team",
    ),
    ("'pink' in hues", (0, "'pink'"), 'E316 "pink" is not one of the choices red, blue'),
    ("3 in words", (0, "3 in words"), "E328 a number cannot be in a list of values like a text"),
    ("words < null", (0, "words < null"), "E315 < does not work between a list and an empty value"),
    (
        "is_empty(me.teams)",
        (9, "me.teams"),
        "E329 is_empty(value) takes an empty value or a yes-or-no value or a number or a text or a date or a date with "
        "time or a choice or a record or a value of several parts here, not a list",
    ),
    ("words == 'new'", (0, "words == 'new'"), "E315 == does not work between a list and a text"),
    ("home == 'x'", (0, "home == 'x'"), "E315 == does not work between a value of several parts and a text"),
    ("lower(home)", (6, "home"), "E329 lower(text) takes a text or a choice here, not a value of several parts"),
    ("name in 'abc'", (8, "'abc'"), "E322 this must be a list of values in brackets; write it like ['new', 'open']"),
    ("name in note", (8, "note"), "E322 this must be a list of values in brackets; write it like ['new', 'open']"),
    ("['a']", (0, "['a']"), "E322 this must be a list of values in brackets; write it like ['new', 'open']"),
    ("amount in [cost]", (11, "cost"), "E322 this must be a list of values in brackets; write it like ['new', 'open']"),
    ("-name", (0, "-name"), "E320 - does not work before a text"),
    ("- active", (0, "- active"), "E320 - does not work before a yes-or-no value"),
    (
        "round(amount, count)",
        (14, "count"),
        "E330 round(number, [places]) needs a number from 0 to 12 here, written out",
    ),
    ("round(amount, 99)", (14, "99"), "E330 round(number, [places]) needs a number from 0 to 12 here, written out"),
    (
        "add_months(close_date, amount)",
        (23, "amount"),
        "E331 add_months(date, months) needs a whole number here; round the number first: round(…)",
    ),
    (
        "this_month() == close_date",
        (0, "this_month()"),
        "E332 this_month() is a span of days; write it like close_date in this_month()",
    ),
    ("name in this_month()", (0, "name"), "E329 this_month() takes a date here, not a text"),
    (
        "close_date in last_days()",
        (14, "last_days()"),
        "E314 last_days(days) is called with a wrong number of values: 0",
    ),
    (
        "close_date in last_days(count)",
        (24, "count"),
        "E330 last_days(days) needs a number from 0 to 3660 here, written out",
    ),
    (
        "close_date in this_month",
        (14, "this_month"),
        'E313 "this_month" is a helper and needs brackets; write this_month()',
    ),
    (
        "close_date in this_mont()",
        (14, "this_mont()"),
        "E322 this must be a list of values in brackets; write it like ['new', 'open']",
    ),
    ("1e5 > amount", (0, "1e5"), 'E307 "1e5" is not a number'),
    ("amount ＞ 1", (7, "＞"), 'E303 "＞" has no meaning here; write >'),
    ("name == “x”", (8, "“"), 'E303 "“" has no meaning here; write "'),
    ("name == 'x", (8, "'x"), "E309 the text that begins here has no closing quote"),
    ("name == 'a\\n'", (10, "\\"), "E304 a backslash cannot be used in an expression"),
    ("amount # big", (7, "#"), "E304 a comment (#) cannot be used in an expression"),
    ("9**9**9", (0, "9**9**9"), "E304 a power (**) cannot be used in an expression"),
    ("'a'*10**9", (4, "10**9"), "E304 a power (**) cannot be used in an expression"),
    ("''.__class__", (0, "''.__class__"), "E326 this value has no parts"),
    ("name.__class__", (5, "__class__"), "E326 this value has no parts"),
    (
        "(lambda: 1)()",
        (0, "(lambda: 1)()"),
        "E304 a call of something that is not a helper cannot be used in an expression",
    ),
    ("[x for x in [1]]", (0, "[x for x in [1]]"), "E304 a loop cannot be used in an expression"),
    ("f'{name}'", (0, "f'{name}'"), "E304 a formatted text (f'…') cannot be used in an expression"),
    ("name[0]", (0, "name[0]"), "E304 square brackets after a value cannot be used in an expression"),
    ("(x := 1)", (1, "x := 1"), "E304 an assignment (:=) cannot be used in an expression"),
    (
        "name.upper()",
        (0, "name.upper()"),
        "E304 a call of something that is not a helper cannot be used in an expression",
    ),
    ("contains(name, part='x')", (19, "="), "E302 one = does not compare; write =="),
    ("*name", (0, "*"), 'E301 the expression cannot be read at "*"'),
    ("1 << 5", (0, "1 << 5"), "E304 a shift (<<) cannot be used in an expression"),
    ("amount % 2 == 0", (0, "amount % 2"), "E304 a remainder (%) cannot be used in an expression"),
    ("amount // 2", (0, "amount // 2"), "E304 a whole division (//) cannot be used in an expression"),
    ("+amount", (0, "+amount"), "E304 a plus sign before a value cannot be used in an expression"),
    ("{1: 2}", (0, "{1: 2}"), "E304 braces cannot be used in an expression"),
    ("0x10", (0, "0x10"), 'E307 "0x10" is not a number'),
    ("a\x00b", (1, "\x00"), "E304 a control character cannot be used in an expression"),
    ("1 < (2 < 3 < 4) < 5", (5, "2 < 3 < 4"), "E327 a chain of comparisons stands inside another"),
    ("1 < (2 if 1 < 2 < 3 else 1) < 5", (10, "1 < 2 < 3"), "E327 a chain of comparisons stands inside another"),
    ("'😀' == amout", (7, "amout"), 'E311 there is no field or name "amout"; did you mean "amount"?'),
    ("coalesce(amount, 'x')", (0, "coalesce(amount, 'x')"), "E319 the result is either an amount in EUR or a text"),
    (
        "max(name, 'x')",
        (4, "name"),
        "E329 max(value, value, …) takes a number or a date or a date with time here, not a text",
    ),
    ("min(1)", (0, "min(1)"), "E314 min(value, value, …) is called with a wrong number of values: 1"),
    ("(amount\n  = 1)", (10, "="), "E302 one = does not compare; write =="),
]


def told(
    text: str, expected: Type | None = None, language: str = "en", of_write: bool = False
) -> tuple[tuple[int, str], str]:
    """Where the fault stands, what stands there, and its line."""
    with pytest.raises(ExpressionFault) as caught:
        understood(text, expected, of_write)
    fault, problems = caught.value, Problems()
    problems.add(fault.code, Place("f", 1, 1), near=fault.near, length=fault.length, **fault.values)
    [problem] = problems
    return (fault.start, text[fault.start : fault.start + fault.length]), problem.line(language).removeprefix("f:1:1 ")


@pytest.mark.parametrize(("text", "place", "line"), FAULTS)
def test_a_fault_is_told_with_its_place(text: str, place: tuple[int, str], line: str) -> None:
    assert told(text) == (place, line)


def test_every_fault_is_told_in_both_languages() -> None:
    """To write the file anew: python -m tests.expressions.test_faults"""
    assert golden() == GOLDEN.read_text(encoding="utf-8")


def golden() -> str:
    """Each expression with carets under its fault, and the problem in English and Chinese."""
    parts = []
    for text, (start, found), _ in FAULTS:
        shown = " ".join(text.split("\n"))
        carets = " " * start + "^" * max(1, len(found))
        parts.append("\n".join((f"| {shown}", f"| {carets}", told(text)[1], told(text, language="zh-CN")[1])))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("amount", BOOLEAN, "E317 a yes-or-no value is expected here; this is an amount in EUR"),
        ("name", DATE, "E317 a date is expected here; this is a text"),
        ("amount", decimal(2, "USD"), "E318 EUR and USD are two currencies"),
        ("me", record("team"), "E317 a record of team is expected here; this is a record of user"),
        (
            "'wonn'",
            choice(STAGES),
            'E316 "wonn" is not one of the choices new, proposal, won, lost; did you mean "won"?',
        ),
        ("seen_at", TEXT, "E317 a text is expected here; this is a date with time"),
    ],
)
def test_a_value_of_another_type_than_expected_is_told(text: str, expected: Type, line: str) -> None:
    assert told(text, expected) == ((0, text), line)


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("changed(amuont)", (8, "amuont"), 'E347 changed takes the name of a field; did you mean "amount"?'),
        (
            "changed(amount + 1)",
            (8, "amount + 1"),
            "E347 changed takes the name of a field; write it like changed(amount)",
        ),
        ("changed()", (0, "changed()"), "E314 changed(field) is called with a wrong number of values: 0"),
        ("old.amuont > 1", (4, "amuont"), 'E312 a record of deal has no "amuont"; did you mean "amount"?'),
    ],
)
def test_a_fault_of_what_judges_a_write_is_told(text: str, place: tuple[int, str], line: str) -> None:
    assert told(text, of_write=True) == (place, line)


def test_the_words_for_types_are_translated() -> None:
    assert told("name > 1", language="zh-CN")[1] == "E315 > 不能用在文本和数字之间"


def test_every_kind_of_fault_is_shown_by_a_test() -> None:
    shown = {line[:4] for _, _, line in FAULTS} | {"E305", "E306", "E317", "E323", "E347"}
    assert {code for code in KINDS if code.startswith("E3")} - shown == set()


if __name__ == "__main__":
    GOLDEN.write_text(golden(), encoding="utf-8")
