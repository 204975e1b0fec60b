"""The groups of a pivot: what each is called, where it stands, and the filter that lists its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.expressions.types import Kind
from engine.forms.filters import write_condition
from engine.forms.model import PivotGroup
from engine.records.grouping import UNSEEN, Group, Period
from engine.schema.model import Field
from engine.web.desk import Desk


@dataclass(frozen=True)
class Groups:
    """One field of a pivot for one person."""

    desk: Desk
    group: PivotGroup

    @property
    def field(self) -> Field:
        return self.group.field

    @property
    def label(self) -> str:
        name = self.desk.text(self.field.label)
        return f"{name} · {self.desk.say(f'pivot.{self.group.by}')}" if self.group.by else name

    def asked(self) -> Group:
        """What the gateway groups by: quarters and years are made of months."""
        base: Period = "" if not self.group.by else "day" if self.group.by == "day" else "month"
        return Group(self.field.name, base)

    def key(self, value: Any) -> Any:
        """The group a value of the gateway belongs to."""
        if self.field.type.expression_type(self.field).kind is Kind.BOOLEAN:
            return bool(value)
        if value is None or self.group.by not in ("quarter", "year"):
            return value
        year, month = str(value).split("-")
        return year if self.group.by == "year" else f"{year}-Q{(int(month) + 2) // 3}"

    def order(self, key: Any, title: str) -> tuple[int, Any]:
        """Options in their order, periods by time, links by title; what cannot be seen and none last."""
        if key is None:
            return 3, 0
        if key == UNSEEN and self.field.target:
            return 2, 0
        if self.field.options:
            keys = [option.key for option in self.field.options]
            return (0, keys.index(key)) if key in keys else (1, 0)
        return 0, title.casefold() if self.field.target else str(key)

    def name(self, key: Any, title: str) -> str:
        desk, formats = self.desk, self.desk.formats
        if key is None:
            return desk.say("pivot.none")
        if self.field.target:
            return title or desk.say("pivot.unseen")
        if isinstance(key, bool):
            return desk.say("pivot.yes" if key else "pivot.no")
        if self.group.by:
            first, _ = self._days(key)
            match self.group.by:
                case "day":
                    return formats.date(first)
                case "month":
                    return formats.month(first)
                case "quarter":
                    return desk.say("pivot.quarter_of", year=str(first.year), quarter=str((first.month + 2) // 3))
            return str(first.year)
        option = self.field.option(key)
        return desk.text(option.label) if option else str(key)

    def condition(self, key: Any) -> str | None:
        """The filter of a list that leaves this group, as in its address; None when there is none."""
        name = self.field.name
        if key is None:
            return write_condition(name, "empty", ())
        if isinstance(key, bool):
            return write_condition(name, "is_true" if key else "is_false", ())
        if key == UNSEEN and self.field.target:
            return None
        if self.group.by:
            first, last = self._days(key)
            return write_condition(name, "between", (first.isoformat(), last.isoformat()))
        return write_condition(name, "any_of", (str(key),))

    def _days(self, key: str) -> tuple[date, date]:
        """First and last day of a period."""
        if self.group.by == "day":
            day = date.fromisoformat(key)
            return day, day
        year, _, rest = key.partition("-")
        months = {"month": 1, "quarter": 3, "year": 12}[self.group.by]
        number = (int(rest[1:]) - 1) * 3 if rest.startswith("Q") else int(rest or 1) - 1
        first = date(int(year), number + 1, 1)
        after = number + months
        end = date(int(year) + after // 12, after % 12 + 1, 1) if int(year) < 9999 else date.max
        return first, end - timedelta(days=1)
