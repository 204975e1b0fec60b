"""Dates in records of files, and the journey of a stage."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.schema.field_type import ValueRefused
from engine.schema.file_moments import Moments, Step

NOW = datetime(2026, 3, 31, 0, 30, tzinfo=UTC)
SHANGHAI = Moments(NOW, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("now", "2026-03-31T00:30"),
        ("now-90min", "2026-03-30T23:00"),
        ("now+2h", "2026-03-31T02:30"),
        ("now-1w", "2026-03-24T00:30"),
        ("today", "2026-03-31T00:30"),
        ("today-1d", "2026-03-30T01:30"),
        ("today+1d", "2026-04-01T01:30"),
        ("today-1mo", "2026-02-28T01:30"),
        ("today-13mo", "2025-02-28T01:30"),
        ("today+1y", "2027-03-31T01:30"),
        ("2026-01-02", "2026-01-01T16:00"),
        ("2026-01-02T10:00+01:00", "2026-01-02T09:00"),
    ],
)
def test_a_moment_counts_from_now_in_the_workspace(written: str, moment: str) -> None:
    assert SHANGHAI.moment(written).astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == moment


@pytest.mark.parametrize("written", ["soon", "today-", "today-3", "today+99999y", "2026-02-30", "", "today-3d "])
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(ValueRefused, match="is not a date"):
        SHANGHAI.moment(written)


def test_a_journey_is_a_row_of_stages() -> None:
    assert SHANGHAI.journey("lead today-2d > offer today-1d>won") == [
        Step("lead", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        Step("offer", datetime(2026, 3, 30, 1, 30, tzinfo=UTC)),
        Step("won", None),
    ]
    assert SHANGHAI.journey("lead") == []
