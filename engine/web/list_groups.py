"""The groups of a list: the rows of a page under the heads of their groups, and the menu that chooses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from engine.forms.contexts import GroupChoice, GroupMenu, ListGroup, Total
from engine.forms.grouping import list_groups, parse_group
from engine.forms.model import Column, ListScreen, PivotGroup
from engine.forms.pivot_fields import PERIODS, is_day
from engine.forms.values import mark_of
from engine.records.grouping import UNSEEN, Group
from engine.records.page import Page
from engine.records.query import GROUP, PageRequest
from engine.records.totals import Aggregate
from engine.schema.model import Entity, ListQuery, Sort
from engine.templating import Html
from engine.web.columns import address
from engine.web.desk import Desk
from engine.web.list_totals import total_label, total_of, total_text, totals_of
from engine.web.pivot_groups import Groups

NONE = "-"
"""What `?group=` says to take away the groups a view has."""


def asked_group(text: str, entity: Entity, view: ListScreen) -> tuple[PivotGroup | None, bool]:
    """What a list is grouped by where its address says `?group=text`, and whether that was understood."""
    if not text or text == NONE:
        return None if text else view.group, True
    group = parse_group(text, entity)
    return group or view.group, group is not None


def group_of(group: PivotGroup | None, sort: Sequence[Sort]) -> Group | None:
    """What the gateway groups by; a list that is sorted by the field has its groups in that direction."""
    if group is None:
        return None
    descending = any(item.descending for item in sort if item.field == group.field.name)
    return Group(group.field.name, group.by, descending)  # type: ignore[arg-type]


@dataclass(frozen=True)
class GroupedList:
    """The groups of one page. `columns` are those the heads have a total under."""

    desk: Desk
    group: PivotGroup
    columns: tuple[Column, ...]
    page: Page
    query: ListQuery
    request: PageRequest

    def sections(self, render: Callable[[Sequence[Any]], Html]) -> tuple[ListGroup, ...]:
        """Each group of the page with its rows; what all its records add up to comes from one statement."""
        runs = [(key, list(rows)) for key, rows in groupby(self.page.rows, key=lambda row: row[GROUP])]
        return tuple(
            self._section(key, rows, render, first=number == 0, last=number == len(runs) - 1)
            for number, (key, rows) in enumerate(runs)
        )

    @property
    def label(self) -> str:
        return Groups(self.desk, self.group).label

    @property
    def span(self) -> int:
        """How many columns the head of a group takes: those before the first total."""
        return next((n for n, column in enumerate(self.columns) if n and column.total), len(self.columns))

    def _section(
        self, key: Any, rows: list[Any], render: Callable[[Sequence[Any]], Html], *, first: bool, last: bool
    ) -> ListGroup:
        field, names = self.group.field, Groups(self.desk, self.group)
        title = str(rows[0].get(f"{field.name}__title") or "")
        label = names.name(key, title)
        option = field.option(key) if field.options and isinstance(key, str) else None
        totals = self._totals.get(key, Aggregate(len(rows), {}))
        return ListGroup(
            key=NONE if key is None else str(key),
            label=label,
            hue=option.hue if option else "",
            mark=mark_of(field, label) if field.target and key not in (None, UNSEEN) else None,
            count=self.desk.formats.number(totals.count),
            note=self._note(totals.count, len(rows), first=first, last=last),
            totals=tuple(self._total(column, totals) for column in self.columns[self.span :]),
            rows=render(rows),
            stage="pipeline" in field.settings,
        )

    @cached_property
    def _totals(self) -> dict[Any, Aggregate]:
        keys = list(dict.fromkeys(row[GROUP] for row in self.page.rows))
        names = totals_of(self.columns)
        return self.desk.store.groups(self.desk.actor, self.query, self.request, keys, names)

    def _note(self, count: int, shown: int, *, first: bool, last: bool) -> str:
        """Where the rest of the group is that is not on this page."""
        if shown >= count:
            return ""
        if last and not (first and self.page.before):
            return self.desk.say("list.group_goes_on", count=count - shown)
        formats = self.desk.formats
        return self.desk.say("list.group_part", shown=formats.number(shown), count=formats.number(count))

    def _total(self, column: Column, totals: Aggregate) -> Total:
        total, field = total_of(column, totals.sums), column.field
        text = "" if total is None else total_text(self.desk, column, total)
        return Total(field.name, total_label(self.desk, column) if text else "", text, field.type.numeric)


def group_menu(desk: Desk, entity: Entity, view: ListScreen, current: PivotGroup | None) -> GroupMenu:
    """None, then every field; below a day that is chosen, its periods."""
    choices = [GroupChoice(desk.say("list.group_none"), "circle-slash", _address(desk, view, None), current is None)]
    for field in list_groups(entity):
        chosen = current is not None and current.field == field
        usual = PivotGroup(field, "month" if is_day(field) else "")
        choices.append(
            GroupChoice(
                desk.text(field.label), field.type.icon, _address(desk, view, current if chosen else usual), chosen
            )
        )
        for by in PERIODS if chosen and is_day(field) else ():
            each = replace(usual, by=by)
            choices.append(
                GroupChoice(desk.say(f"list.group_{by}"), "", _address(desk, view, each), each == current, True)
            )
    return GroupMenu(tuple(choices))


def _address(desk: Desk, view: ListScreen, group: PivotGroup | None) -> str:
    """The list from its start under other groups; the view's own need no word in the address."""
    text = None if group == view.group else group.key if group else NONE
    return address(desk, group=text, groups=None, after=None, before=None)
