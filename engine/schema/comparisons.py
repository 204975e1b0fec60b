"""The comparisons of filters: what each is called, what it asks for, and what it means in SQL.

They are null-safe: "is not" and "none of" hold for an empty value, every other one but "is empty" does not.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Date, and_, false, or_, true

from engine.expressions.spans import Unit, span
from engine.expressions.workspace_calendar import calendar_of
from engine.locale.formats import zone
from engine.locale.text import Text
from engine.schema.columns import Words, as_text
from engine.schema.day_range import first_day, last_day

Column = ColumnElement[Any]
Values = tuple[object, ...]
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Context:
    """What a comparison may ask about the person and the moment. `today` is the day in `time_zone`."""

    today: date
    now: datetime
    me: int | None
    week_start: str = "monday"
    time_zone: str = "UTC"
    fiscal_year_start: str = "01-01"
    """`MM-DD`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`reads` says what the operand is: a value of the field's type, raw text (`str`) or a number of days, weeks or
    months (`int`)."""

    name: str
    label: Text
    operand: Literal["none", "one", "two", "many"]
    build: Callable[[Column, Values, Context], Condition]
    reads: Literal["value", "text", "days", "weeks", "months"] = "value"
    named: Text | None = None
    """What it is called where it is chosen among the others, if that is more than its label."""
    about: Literal["value", "entry"] = "value"
    """What `build` is given: the value, or the moment since which a stage is what it is."""

    @property
    def choice(self) -> Text:
        return self.named or self.label


def _is(column: Column, values: Values, context: Context) -> Condition:
    return column == values[0]


def _is_not(column: Column, values: Values, context: Context) -> Condition:
    return column.is_distinct_from(values[0])


def _any_of(column: Column, values: Values, context: Context) -> Condition:
    if isinstance(column.type, Words):
        return or_(false(), *_holding(column, values))
    return column.in_(values) if values else false()


def _all_of(column: Column, values: Values, context: Context) -> Condition:
    return and_(column.is_not(None), *_holding(column, values))


def _none_of(column: Column, values: Values, context: Context) -> Condition:
    if isinstance(column.type, Words):
        return or_(column.is_(None), and_(true(), *(~held for held in _holding(column, values))))
    return or_(column.is_(None), column.not_in(values)) if values else true()


def _contains(column: Column, values: Values, context: Context) -> Condition:
    """Both databases fold the case of ASCII letters only, see `sorting.plain_text`."""
    return as_text(column).icontains(values[0], autoescape=True)


def _starts_with(column: Column, values: Values, context: Context) -> Condition:
    return column.istartswith(values[0], autoescape=True)


def _empty(column: Column, values: Values, context: Context) -> Condition:
    return column.is_(None)


def _not_empty(column: Column, values: Values, context: Context) -> Condition:
    return column.is_not(None)


def _at_least(column: Column, values: Values, context: Context) -> Condition:
    return column >= values[0]


def _at_most(column: Column, values: Values, context: Context) -> Condition:
    return column <= values[0]


def _between(column: Column, values: Values, context: Context) -> Condition:
    """Both ends included."""
    return and_(column >= values[0], _until(column, values[1], context))


def _before(column: Column, values: Values, context: Context) -> Condition:
    return column < values[0]


def _after(column: Column, values: Values, context: Context) -> Condition:
    return ~_until(column, values[0], context)


def _next(later: Callable[[date, int], date]) -> Callable[[Column, Values, Context], Condition]:
    """Today and the given number of days, weeks or months after it."""

    def within(column: Column, values: Values, context: Context) -> Condition:
        last = later(context.today, _number(values))
        return _days(column, context.today, last + timedelta(days=1), context)

    return within


def _last(later: Callable[[date, int], date]) -> Callable[[Column, Values, Context], Condition]:
    """Today and the given number of days, weeks or months before it."""

    def within(column: Column, values: Values, context: Context) -> Condition:
        first = later(context.today, -_number(values))
        return _days(column, first, context.today + timedelta(days=1), context)

    return within


def _period(unit: Unit, periods: int) -> Callable[[Column, Values, Context], Condition]:
    """The week, month, quarter or fiscal year that is so many after the present one, as expressions mean it."""

    def within(column: Column, values: Values, context: Context) -> Condition:
        calendar = calendar_of(context.time_zone, context.week_start, context.fiscal_year_start)
        first, last = span(context.today, calendar, unit, periods)
        return _days(column, first, last + timedelta(days=1), context)

    return within


def _days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _weeks_later(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


def _longer_ago(column: Column, values: Values, context: Context) -> Condition:
    """Before the day that is so many before today."""
    return column < _edge(column, _days_later(context.today, -_number(values)), context)


def _overdue(column: Column, values: Values, context: Context) -> Condition:
    return column < (context.today if _holds_days(column) else context.now)


def _overlaps(column: Column, values: Values, context: Context) -> Condition:
    """At least one day in common with the other range."""
    first, last = cast(tuple[date | None, date | None], values[0])
    conditions: list[Condition] = [column.is_not(None)]
    if first is not None:
        conditions.append(last_day(column) >= first.isoformat())
    if last is not None:
        conditions.append(first_day(column) <= last.isoformat())
    return and_(*conditions)


def _ongoing(column: Column, values: Values, context: Context) -> Condition:
    return _overlaps(column, ((context.today, context.today),), context)


def _ended(column: Column, values: Values, context: Context) -> Condition:
    return last_day(column) < context.today.isoformat()


def _upcoming(column: Column, values: Values, context: Context) -> Condition:
    return first_day(column) > context.today.isoformat()


def _is_me(column: Column, values: Values, context: Context) -> Condition:
    return false() if context.me is None else column == context.me


def _is_true(column: Column, values: Values, context: Context) -> Condition:
    return column.is_(True)


def _is_false(column: Column, values: Values, context: Context) -> Condition:
    """An empty value counts as no."""
    return or_(column.is_(None), column.is_(False))


def _holding(column: Column, values: Values) -> list[Condition]:
    """For each word that the operands hold, whether it is among the words of the column."""
    words = dict.fromkeys(word for value in values for word in cast(tuple[str, ...], value))
    return [as_text(column).icontains(f'"{word}"', autoescape=True) for word in words]


def _days(column: Column, first: date, end: date, context: Context) -> Condition:
    """From the start of the day `first` to before the day `end`."""
    return and_(column >= _edge(column, first, context), column < _edge(column, end, context))


def _until(column: Column, last: object, context: Context) -> Condition:
    """Up to `last`, included; for moments, a midnight stands for its whole day, because people pick days."""
    if isinstance(last, datetime):
        local = last.astimezone(zone(context.time_zone))
        if local.time() == time(0) and local.date() < date.max:
            return column < _edge(column, local.date() + timedelta(days=1), context)
    return column <= last


def _edge(column: Column, day: date, context: Context) -> date | datetime:
    """The day itself for a date column, the moment it starts for a moment."""
    if _holds_days(column):
        return day
    return datetime.combine(day, time(0), zone(context.time_zone)).astimezone(UTC)


def _number(values: Values) -> int:
    return cast(int, values[0])


def _holds_days(column: Column) -> bool:
    return isinstance(column.type, Date)


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or that month's last one."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _text(english: str, chinese: str) -> Text:
    return Text.of({"en": english, "zh-CN": chinese})


def _counted(
    name: str,
    label: Text,
    build: Callable[[Column, Values, Context], Condition],
    reads: Literal["days", "weeks", "months"],
    english: str,
    chinese: str,
    about: Literal["value", "entry"] = "value",
) -> Comparison:
    """A comparison that asks for a number of days, weeks or months."""
    return Comparison(name, label, "one", build, reads, _text(english, chinese), about)


_NEXT, _LAST = _text("is within the next", "在未来"), _text("is within the last", "在过去")
RELATIVE_DAYS = (
    *(f"within_{side}{unit}" for side in ("next", "last") for unit in ("", "_weeks", "_months")),
    *(f"{which}_{period}" for period in ("week", "month", "quarter", "year") for which in ("this", "next", "last")),
)
"""The comparisons of days and moments with today."""

COMPARISONS: Mapping[str, Comparison] = {
    comparison.name: comparison
    for comparison in (
        Comparison("contains", _text("contains", "包含"), "one", _contains, "text"),
        Comparison("starts_with", _text("starts with", "开头是"), "one", _starts_with, "text"),
        Comparison("is", _text("is", "等于"), "one", _is),
        Comparison("is_not", _text("is not", "不等于"), "one", _is_not),
        Comparison("any_of", _text("is any of", "属于"), "many", _any_of),
        Comparison("all_of", _text("has all of", "包含全部"), "many", _all_of),
        Comparison("none_of", _text("is none of", "不属于"), "many", _none_of),
        Comparison("empty", _text("is empty", "为空"), "none", _empty),
        Comparison("not_empty", _text("is not empty", "不为空"), "none", _not_empty),
        Comparison("at_least", _text("is at least", "至少为"), "one", _at_least),
        Comparison("at_most", _text("is at most", "至多为"), "one", _at_most),
        Comparison("between", _text("is between", "介于"), "two", _between),
        Comparison("before", _text("is before", "早于"), "one", _before),
        Comparison("after", _text("is after", "晚于"), "one", _after),
        _counted("within_next", _NEXT, _next(_days_later), "days", "is within the next … days", "在未来…天内"),
        _counted("within_next_weeks", _NEXT, _next(_weeks_later), "weeks", "is within the next … weeks", "在未来…周内"),
        _counted(
            "within_next_months", _NEXT, _next(_months_later), "months", "is within the next … months", "在未来…个月内"
        ),
        _counted("within_last", _LAST, _last(_days_later), "days", "is within the last … days", "在过去…天内"),
        _counted("within_last_weeks", _LAST, _last(_weeks_later), "weeks", "is within the last … weeks", "在过去…周内"),
        _counted(
            "within_last_months", _LAST, _last(_months_later), "months", "is within the last … months", "在过去…个月内"
        ),
        _counted(
            "changed_last",
            _text("changed within the last", "变更于过去"),
            _last(_days_later),
            "days",
            "changed within the last … days",
            "在过去…天内变更",
            "entry",
        ),
        _counted(
            "unchanged_for",
            _text("has not changed for more than", "未变更已超过"),
            _longer_ago,
            "days",
            "has not changed for more than … days",
            "超过…天未变更",
            "entry",
        ),
        Comparison("last_week", _text("is last week", "在上周"), "none", _period("week", -1)),
        Comparison("this_week", _text("is this week", "在本周"), "none", _period("week", 0)),
        Comparison("next_week", _text("is next week", "在下周"), "none", _period("week", 1)),
        Comparison("last_month", _text("is last month", "在上个月"), "none", _period("month", -1)),
        Comparison("this_month", _text("is this month", "在本月"), "none", _period("month", 0)),
        Comparison("next_month", _text("is next month", "在下个月"), "none", _period("month", 1)),
        Comparison("last_quarter", _text("is last quarter", "在上季度"), "none", _period("quarter", -1)),
        Comparison("this_quarter", _text("is this quarter", "在本季度"), "none", _period("quarter", 0)),
        Comparison("next_quarter", _text("is next quarter", "在下季度"), "none", _period("quarter", 1)),
        Comparison("last_year", _text("is last year", "在去年"), "none", _period("year", -1)),
        Comparison("this_year", _text("is this year", "在今年"), "none", _period("year", 0)),
        Comparison("next_year", _text("is next year", "在明年"), "none", _period("year", 1)),
        Comparison("overdue", _text("is overdue", "已逾期"), "none", _overdue),
        Comparison("overlaps", _text("overlaps", "与之重叠"), "one", _overlaps),
        Comparison("ongoing", _text("includes today", "包含今天"), "none", _ongoing),
        Comparison("ended", _text("is over", "已结束"), "none", _ended),
        Comparison("upcoming", _text("has not begun", "尚未开始"), "none", _upcoming),
        Comparison("is_me", _text("is me", "是我"), "none", _is_me),
        Comparison("is_true", _text("is yes", "为是"), "none", _is_true),
        Comparison("is_false", _text("is no", "为否"), "none", _is_false),
    )
}
