"""Writers that wait for each other in a ring: PostgreSQL refuses one of them, which may simply begin again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

MOST = 4
STATES = ("40P01", "40001")
Answer = TypeVar("Answer")


def is_deadlock(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in STATES


def again(act: Callable[[], Answer], times: int = MOST) -> Answer:
    """Do a whole transaction, and once more where it was the one refused, at most `times`."""
    for _ in range(times - 1):
        try:
            return act()
        except DBAPIError as error:
            if not is_deadlock(error):
                raise
    return act()
