"""The one source of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.clock import Clock, SettableClock


def test_the_clock_gives_the_present_moment_in_utc() -> None:
    before, now = datetime.now(UTC), Clock().now()
    assert (before <= now <= datetime.now(UTC), now.tzinfo) == (True, UTC)


def test_a_settable_clock_stands_still_until_it_is_moved() -> None:
    clock = SettableClock(datetime(2026, 3, 4, 10, 30, tzinfo=timezone(timedelta(hours=1))))
    first = (clock.now(), clock.now())
    clock.advance(timedelta(minutes=5))
    start = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert (first, clock.now()) == ((start, start), datetime(2026, 3, 4, 9, 35, tzinfo=UTC))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a clock is set to a moment with a time zone"):
        SettableClock(datetime(2026, 3, 4))
