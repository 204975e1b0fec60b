"""Reading the id of a record."""

from __future__ import annotations

import re

from engine.schema.field_type import refuse

LARGEST = 2**53 - 1
RECORD = {"type": "string", "pattern": "^[1-9][0-9]{0,15}$"}
"""The id of a record in the API."""
ID = re.compile(r"[1-9]\d{0,15}", re.ASCII)


def read_id(typed: str) -> int:
    """1 to 2^53 - 1 in plain digits. Raises `ValueRefused`."""
    if not ID.fullmatch(typed) or int(typed) > LARGEST:
        raise refuse("record")
    return int(typed)
