from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.locale.formats import Formats, first_of_week

ENGLISH = Formats("en", "America/New_York", "USD", date(2026, 11, 21), "US")
CHINESE = Formats("zh-CN", "Asia/Shanghai", "CNY", date(2026, 11, 21), "CN")
NEUTRAL = Formats.neutral()
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "scale", "shown"),
    [
        (1234567, None, "1,234,567"),
        (Decimal("1234.50"), None, "1,234.5"),
        (Decimal("1234.50"), 2, "1,234.50"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.125"), 2, "-0.13"),
        (Decimal("1E+3"), None, "1,000"),
        (100, None, "100"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_away_from_zero(value: Decimal, scale: int | None, shown: str) -> None:
    assert ENGLISH.number(value, scale) == CHINESE.number(value, scale) == shown
    assert NEUTRAL.number(value, scale) == shown.replace(",", "")


@pytest.mark.parametrize(
    ("value", "currency", "english", "chinese"),
    [
        ("84500.00", None, "$84,500", "¥84,500"),
        ("84500.5", None, "$84,500.50", "¥84,500.50"),
        ("-3", None, "-$3", "-¥3"),
        ("612500", "CNY", "CN¥612,500", "¥612,500"),
        ("612500", "USD", "$612,500", "US$612,500"),
        ("1200", "JPY", "¥1,200", "JP¥1,200"),
        ("12.5", "EUR", "€12.50", "€12.50"),
        ("12.5", "CHF", "CHF\N{NO-BREAK SPACE}12.50", "CHF\N{NO-BREAK SPACE}12.50"),
        ("1.5", "KWD", "KWD\N{NO-BREAK SPACE}1.500", "KWD\N{NO-BREAK SPACE}1.500"),
    ],
)
def test_money_has_its_symbol_and_decimals_only_when_it_is_not_whole(
    value: str, currency: str | None, english: str, chinese: str
) -> None:
    assert ENGLISH.money(Decimal(value), currency) == english
    assert CHINESE.money(Decimal(value), currency) == chinese


def test_a_percentage_has_no_end_zeros() -> None:
    assert [ENGLISH.percent(Decimal(value)) for value in ("12.00", "12.50", "0", "-3")] == ["12%", "12.5%", "0%", "-3%"]


def test_a_number_is_edited_without_grouping() -> None:
    assert [ENGLISH.ungrouped(Decimal("84500.50")), CHINESE.ungrouped(84500)] == ["84500.5", "84500"]


def test_dates_name_the_year_when_it_is_not_this_one() -> None:
    days = (date(2026, 11, 28), date(2025, 1, 2))
    assert [ENGLISH.short_date(day) for day in days] == ["28 Nov", "2 Jan 2025"]
    assert [CHINESE.short_date(day) for day in days] == ["11月28日", "2025年1月2日"]
    assert [ENGLISH.date(days[0]), CHINESE.date(days[0])] == ["28 Nov 2026", "2026年11月28日"]


def test_months_and_weekdays_are_named() -> None:
    day = date(2026, 11, 24)
    assert [ENGLISH.month(day), ENGLISH.weekday(day)] == ["Nov 2026", "Tue"]
    assert [CHINESE.month(day), CHINESE.weekday(day)] == ["2026年11月", "周二"]


def test_moments_are_shown_in_the_time_zone() -> None:
    moments = (NOW, datetime(2025, 1, 1, 0, 30, tzinfo=UTC))
    assert [ENGLISH.datetime(moment) for moment in moments] == ["21 Nov, 07:00", "31 Dec 2024, 19:30"]
    assert [CHINESE.datetime(moment) for moment in moments] == ["11月21日 20:00", "2025年1月1日 08:30"]


@pytest.mark.parametrize(
    ("passed", "english", "chinese"),
    [
        (timedelta(seconds=59), "just now", "刚刚"),
        (timedelta(minutes=1), "1 min ago", "1 分钟前"),
        (timedelta(hours=2, minutes=59), "2 h ago", "2 小时前"),
        (timedelta(days=4), "Tue", "周二"),
        (timedelta(days=9), "12 Nov", "11月12日"),
        (timedelta(days=400), "17 Oct 2025", "2025年10月17日"),
        (timedelta(days=-3), "24 Nov", "11月24日"),
    ],
)
def test_how_long_ago_something_was(passed: timedelta, english: str, chinese: str) -> None:
    assert (ENGLISH.ago(NOW - passed, NOW), CHINESE.ago(NOW - passed, NOW)) == (english, chinese)


def test_the_neutral_formats_write_iso_and_plain_numbers() -> None:
    assert NEUTRAL.number(Decimal("1234.50"), 2) == NEUTRAL.money(Decimal("1234.5"), "USD") == "1234.50"
    assert [NEUTRAL.date(NOW.date()), NEUTRAL.short_date(NOW.date())] == ["2026-11-21", "2026-11-21"]
    assert [NEUTRAL.datetime(NOW), NEUTRAL.month(NOW.date())] == ["2026-11-21 12:00", "2026-11"]
    assert NEUTRAL.ago(NOW - timedelta(days=3), NOW) == "2026-11-18 12:00"


@pytest.mark.parametrize(("start", "first"), [("monday", 16), ("sunday", 15), ("saturday", 21)])
def test_a_week_starts_on_its_first_day(start: str, first: int) -> None:
    assert first_of_week(date(2026, 11, 21), start) == date(2026, 11, first)


def test_a_language_without_point_and_comma_reads_back_what_it_writes() -> None:
    german = Formats("de", "Europe/Berlin", "EUR", date(2026, 11, 21), "DE")
    assert german.number(Decimal("1234.5"), 2) == "1.234,50"
    assert german.parse_decimal("1.234,50") == Decimal("1234.50")
    assert german.money(Decimal("1234.5"), "EUR") == "1.234,50\N{NO-BREAK SPACE}€"
