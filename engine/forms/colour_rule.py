"""One colour rule of a view."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions.parse import Expression
from engine.locale.text import Text
from engine.schema.model import Field


@dataclass(frozen=True, slots=True)
class ColourRule:
    """Records that `condition` holds for are drawn in `hue`."""

    condition: Expression
    hue: str
    label: Text
    """What the hue says, in words."""
    field: Field | None = None
    """In a list: the cell that is drawn so, in place of the row's edge."""
