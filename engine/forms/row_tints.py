"""The colours of rows: of several rules the first one that holds decides, for the row's edge and for each cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.forms.colour_rule import ColourRule


@dataclass(frozen=True, slots=True)
class RowTint:
    """Rows whose column `flag` holds are drawn in `hue`: the cell of `field`, the edge where that is empty."""

    flag: str
    hue: str
    label: str
    field: str = ""


def row_tints(rules: Sequence[ColourRule], language: str) -> tuple[RowTint, ...]:
    return tuple(
        RowTint(f"flag__{number}", rule.hue, rule.label.in_(language), rule.field.name if rule.field else "")
        for number, rule in enumerate(rules)
    )


class Tints:
    """The pieces of templates that draw the colours of a row."""

    def __init__(self, tints: Sequence[RowTint]) -> None:
        self._tints = tuple(enumerate(tints))

    def filters(self) -> dict[str, Callable[[Any], str]]:
        """`tint_<n>` gives the words of a rule, escaped where they stand."""
        return {f"tint_{number}": partial(_label, tint) for number, tint in self._tints}

    def attributes(self, field: str = "") -> str:
        return self._chosen(field, ' data-tint data-hue="{hue}" title="{{{{ \'\'|tint_{number} }}}}"')

    def words(self, field: str = "") -> str:
        """The colour in words, for who does not see it."""
        return self._chosen(field, "<span class=\"vh\"> {{{{ ''|tint_{number} }}}}</span>")

    def _chosen(self, field: str, piece: str) -> str:
        mine = [(number, tint) for number, tint in self._tints if tint.field == field]
        chosen = (
            f"{{% {'elif' if place else 'if'} row['{tint.flag}'] %}}{piece.format(hue=tint.hue, number=number)}"
            for place, (number, tint) in enumerate(mine)
        )
        return "".join(chosen) + "{% endif %}" if mine else ""


def _label(tint: RowTint, _: Any) -> str:
    return tint.label
