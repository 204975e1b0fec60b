"""The demo records of the b2b blueprint as their files hold them: what lists are compared with."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta

from engine.app import BLUEPRINTS
from tests.product import NOW

Row = dict[str, str]
TODAY = NOW.date()


def rows(entity: str) -> list[Row]:
    with (BLUEPRINTS / "b2b" / "demo" / f"{entity}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    """`today-30d` as a date; an empty text is far away on neither side of anything."""
    found = re.match(r"today(?:([+-]\d+)d)?", text)
    assert found, text
    return TODAY + timedelta(days=int(found[1] or 0))


def stage(row: Row) -> str:
    """The stage an opportunity is in now: the last one of its journey."""
    return row["stage"].split(">")[-1].split()[0]
