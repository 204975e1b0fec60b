"""Every expression that once gave two answers, with the row that showed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.expressions.world import MOMENT, Sql, postgresql, sqlite, understood
from tests.properties.laws import compared, databases

FOUND: list[tuple[str, dict[str, Any]]] = [
    ("add_hours(done_at, count)", {"count": -(2**63) + 1}),
    ("add_hours(add_hours(done_at, count), 1)", {"done_at": datetime(2024, 2, 29, tzinfo=UTC), "count": 2**62}),
    ("pad(upper(name), 0, note) in words", {"name": "éς", "note": "a", "words": ("ÉΣ",)}),
    ("concat(lower(name), upper(note)) == 'éσ'", {"name": "É", "note": "σ"}),
    ("note in words", {"note": ",", "words": ("straße", "a b")}),
    ("note not in words", {"note": ",", "words": ("straße", "a b")}),
]


@pytest.fixture(scope="module")
def engines() -> Iterator[list[Sql]]:
    with databases(sqlite(), postgresql()) as found:
        yield found


@pytest.mark.parametrize(("text", "row"), FOUND)
def test_what_once_differed_agrees(text: str, row: dict[str, Any], engines: list[Sql]) -> None:
    assert compared([understood(text)], [row], MOMENT, engines) == []
