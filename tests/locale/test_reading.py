from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, strategies as make

from engine.locale.formats import Formats

ENGLISH = Formats("en", "America/New_York", "USD", date(2026, 11, 21), "US")
CHINESE = Formats("zh-CN", "Asia/Shanghai", "CNY", date(2026, 11, 21), "CN")
NEUTRAL = Formats.neutral()


def is_refused(read: Callable[[str], object], typed: str) -> bool:
    try:
        read(typed)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        ("1'234.5", "1234.5"),
        ("１，２３４．５", "1234.5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, value: str) -> None:
    assert ENGLISH.parse_decimal(typed) == CHINESE.parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["12,34", "1,2345", "1 234,567", "1,234 567", ",5", "1.2万", "1e3", "٣", "5-", "1.", "--1", "9" * 61, ""]
)
def test_a_doubtful_number_is_refused(typed: str) -> None:
    assert is_refused(ENGLISH.parse_decimal, typed)
    assert is_refused(CHINESE.parse_decimal, typed)


@pytest.mark.parametrize("typed", ["1,234", "$1", "1 234", ".5", "1."])
def test_the_neutral_formats_read_plain_numbers_only(typed: str) -> None:
    assert NEUTRAL.parse_decimal("-1234.50") == Decimal("-1234.50")
    assert is_refused(NEUTRAL.parse_decimal, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-28",
        "2026/11/28",
        "2026年11月28日",
        "11月28日",
        "28 Nov 2026",
        "28 november 2026",
        "28 Nov",
        "28-Nov-2026",
        "Nov 28, 2026",
        "２０２６年１１月２８日",
        "2026.11.28",
        "20261128",
        "28/11/2026",
        "11/28",
        "+7d",
        "1周后",
        "in 7 days",
        "saturday",
        "next Saturday",
        "下周六",
        "11月28号",
    ],
)
def test_dates_are_read_in_every_form_that_is_clear(typed: str) -> None:
    assert ENGLISH.parse_date(typed) == CHINESE.parse_date(typed) == date(2026, 11, 28)


def test_days_near_today_have_names() -> None:
    names = ("today", "Tomorrow", "yesterday", "今天", "明天", "后天")
    assert [ENGLISH.parse_date(name).day for name in names] == [21, 22, 20, 21, 22, 23]


@pytest.mark.parametrize(
    "typed", ["11/12/2026", "3/4", "05.06.2026", "2026-02-30", "31/2", "31 Foo", "Nov", "26-11-28", "0026-11-28"]
)
def test_a_doubtful_date_is_refused(typed: str) -> None:
    assert is_refused(ENGLISH.parse_date, typed)


def test_the_neutral_formats_do_not_know_today() -> None:
    assert is_refused(NEUTRAL.parse_date, "today")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("-1w", date(2026, 11, 14)),
        ("+1m", date(2026, 12, 21)),
        ("3天前", date(2026, 11, 18)),
        ("周一", date(2026, 11, 23)),
    ],
)
def test_days_are_told_from_today(typed: str, day: date) -> None:
    assert ENGLISH.parse_date(typed) == CHINESE.parse_date(typed) == day


def test_chinese_writes_the_month_first() -> None:
    assert CHINESE.parse_date("3/4") == CHINESE.parse_date("3.4") == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("tomorrow 3pm", 22, 15),
        ("明天下午3点", 22, 15),
        ("2026-11-28 15:00", 28, 15),
        ("28 Nov 2026", 28, 0),
        ("+1d 09:00", 22, 9),
        ("15:00", 21, 15),
    ],
)
def test_a_moment_is_read_as_it_is_said(typed: str, day: int, hour: int) -> None:
    formats = Formats("en", "UTC", "USD", date(2026, 11, 21), "US")
    assert formats.parse_datetime(typed) == datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-28T09:30", datetime(2026, 11, 28, 14, 30, tzinfo=UTC)),
        ("2026-11-28 09:30:15.5", datetime(2026, 11, 28, 14, 30, 15, 500_000, tzinfo=UTC)),
        ("2026-11-28T09:30Z", datetime(2026, 11, 28, 9, 30, tzinfo=UTC)),
        ("2026-11-28T09:30+08:00", datetime(2026, 11, 28, 1, 30, tzinfo=UTC)),
        ("28 Nov 2026, 09:30", datetime(2026, 11, 28, 14, 30, tzinfo=UTC)),
        ("28 Nov, 09:30", datetime(2026, 11, 28, 14, 30, tzinfo=UTC)),
        ("2026年11月28日09:30", datetime(2026, 11, 28, 14, 30, tzinfo=UTC)),
        ("2026-11-28", datetime(2026, 11, 28, 5, 0, tzinfo=UTC)),
        ("2026-03-08T02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("2026-11-01T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_local_times_become_moments(typed: str, moment: datetime) -> None:
    assert ENGLISH.parse_datetime(typed) == moment


@pytest.mark.parametrize(
    "typed", ["0930", "noon 5", "2026-11-28T25:00", "2026-11-28T09:30+99:00", "9999-12-31T23:59", "2026-11-289:30"]
)
def test_a_doubtful_time_is_refused(typed: str) -> None:
    assert is_refused(ENGLISH.parse_datetime, typed)


@given(
    make.decimals(min_value=-(10**15), max_value=10**15, places=2), make.sampled_from(["", "en", "zh-CN", "de", "fr"])
)
def test_what_is_written_reads_back_as_the_same_number(value: Decimal, language: str) -> None:
    formats = Formats(language, "UTC", "USD", date(2026, 11, 21), "US")
    assert formats.parse_decimal(formats.number(value, 2)) == formats.parse_decimal(formats.ungrouped(value)) == value


@given(make.dates(min_value=date(1000, 1, 1)), make.sampled_from([ENGLISH, CHINESE, NEUTRAL]))
def test_what_is_written_reads_back_as_the_same_day(day: date, formats: Formats) -> None:
    assert formats.parse_date(formats.date(day)) == formats.parse_date(formats.short_date(day)) == day


@given(make.text(max_size=70))
def test_any_text_is_read_or_refused(typed: str) -> None:
    for read in (ENGLISH.parse_decimal, CHINESE.parse_date, ENGLISH.parse_datetime):
        is_refused(read, typed)
