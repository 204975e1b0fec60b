"""Saved maps from the columns of files to fields, as the section `imports` has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field as default

from engine.locale.text import Text


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What is done with the column of this title; `field` is None for one that is not imported."""

    title: str
    field: str | None
    by: str = ""
    create_missing: bool = False
    dates: str = ""
    values: Mapping[str, str] = default(default_factory=dict)
    blank_bad: bool = False


@dataclass(frozen=True, slots=True)
class ImportMap:
    """`mode` and `key` are None where it does not say."""

    name: str
    label: Text
    columns: tuple[MappedColumn, ...]
    mode: str | None = None
    key: tuple[str, ...] | None = None
