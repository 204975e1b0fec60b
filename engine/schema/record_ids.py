"""Reading the id of a record."""

from __future__ import annotations

import re

from engine.schema.field_type import refuse

LARGEST = 2**53 - 1
ID = re.compile(r"[1-9]\d{0,15}", re.ASCII)


def read_id(typed: str) -> int:
    """1 to 2^53 - 1 in plain digits. Raises `ValueRefused`."""
    if not ID.fullmatch(typed) or int(typed) > LARGEST:
        raise refuse("record")
    return int(typed)
