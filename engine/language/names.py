"""Which names a blueprint may give."""

from __future__ import annotations

import keyword
import re

from engine.language.nodes import Scalar
from engine.language.problems import Problems

SYSTEM_FIELDS = (
    "id",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "owner",
    "team",
    "version",
    "last_activity_at",
    "deleted_at",
)
RESERVED = frozenset(
    {word.lower() for word in keyword.kwlist}
    | {"me", "old", "record", "run", "wait", "param", "true", "false", "null", "now", "today"}
)
NAME = r"^[a-z](?!.*__)[a-z0-9_]{0,39}$"
"""The form of a name, for JSON Schemas."""

_NAME = re.compile(NAME.replace("$", r"\Z"))


def check_key(key: Scalar, problems: Problems) -> bool:
    """Is it a legal key of an option or stage: it has the form of a name; reserved words do no harm in quotes."""
    if _NAME.match(key.text):
        return True
    problems.add("E206", key.place, near=_mended(key.text), length=key.width, name=key.text)
    return False


def check_name(name: Scalar, problems: Problems, *, field: bool = False) -> bool:
    """Is it a legal name; with `field`, the system fields are reserved too. A problem says why not."""
    text = name.text
    if not _NAME.match(text):
        problems.add("E206", name.place, near=_mended(text), length=name.width, name=text)
        return False
    if text in RESERVED or (field and text in SYSTEM_FIELDS):
        problems.add("E207", name.place, near=f"{text}_value", length=name.width, name=text)
        return False
    return True


def _mended(text: str) -> str | None:
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text[:200])
    candidate = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_").lstrip("0123456789_")[:40].rstrip("_")
    return candidate if _NAME.match(candidate) and candidate not in RESERVED else None
