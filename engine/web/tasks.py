"""Tasks of every entity that acts as one: overdue, today, by week, without a day, done lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from engine.forms.contexts import Link, Person, TaskGroup, TaskList, TaskRow
from engine.forms.marks import person_mark
from engine.locale.formats import first_of_week
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity, ListQuery, Sort
from engine.schema.task_shapes import TaskShape
from engine.web.desk import Desk

MOST = 200
LATELY = 20
MOST_LINKS = 2
WHOSE: Mapping[str, tuple[Condition, ...]] = {
    "mine": (Condition("owner", "is_me"),),
    "assigned": (Condition("created_by", "is_me"),),
    "team": (),
}
Found = tuple[TaskShape, Mapping[str, Any]]


def task_shapes(desk: Desk) -> list[TaskShape]:
    """The kinds of task the person may see."""
    shapes = desk.workspace.blueprint.tasks.values()
    return [shape for shape in shapes if desk.workspace.policy.may_open(desk.actor, shape.entity)]


def my_open_tasks(desk: Desk, limit: int = 8) -> tuple[TaskRow, ...]:
    """What the person has to do next, the earliest day first; one statement for each kind of task."""
    found = [one for shape in task_shapes(desk) for one in _open(desk, shape, "mine", limit)[0]]
    found.sort(key=lambda one: _order(desk, one))
    return tuple(task_row(desk, *one) for one in found[:limit])


def make_tasks(desk: Desk, who: str) -> TaskList:
    """The whole page; two statements for each kind of task."""
    found: list[Found] = []
    done: list[Found] = []
    more: list[Link] = []
    for shape in task_shapes(desk):
        rows, further = _open(desk, shape, who, MOST)
        found += rows
        done += _done(desk, shape, who)
        if further:
            head = desk.head(desk.workspace.blueprint.entities[shape.entity])
            more.append(Link(head.plural, head.url))
    if who == "assigned":
        found, done = ([one for one in part if one[1].get("owner") != desk.actor.user_id] for part in (found, done))
    found.sort(key=lambda one: _order(desk, one))
    groups = [
        TaskGroup(label, tuple(task_row(desk, *one) for one in group), late=label == desk.say("tasks.overdue"))
        for label, group in groupby(found, key=lambda one: _label(desk, _day(desk, *one)))
    ]
    if done:
        groups.append(TaskGroup(desk.say("tasks.done"), tuple(task_row(desk, *one) for one in done[:LATELY])))
    return TaskList(who, tuple(groups), tuple(more))


def task_row(desk: Desk, shape: TaskShape, row: Mapping[str, Any]) -> TaskRow:
    entity = desk.workspace.blueprint.entities[shape.entity]
    day, done = _day(desk, shape, row), shape.is_done(row)
    owner = str(row.get("owner__title") or "")
    url = f"/e/{entity.name}/{row['id']}"
    return TaskRow(
        id=str(row["id"]),
        title=str(row.get(entity.title) or f"#{row['id']}"),
        url=url,
        due=_due_text(desk, day),
        late=day is not None and day < desk.formats.today and not done,
        done=done,
        links=tuple(
            Link(str(row[f"{name}__title"]), f"/e/{entity.fields[name].target}/{row[name]}")
            for name in link_names(entity)
            if row.get(f"{name}__title")
        )[:MOST_LINKS],
        owner=Person(owner, person_mark(owner)) if owner else None,
        act_url=f"/tasks/{entity.name}/{row['id']}",
    )


def task_query(entity: Entity, shape: TaskShape, sort: tuple[Sort, ...]) -> ListQuery:
    fields = (entity.title, shape.due.name, shape.done.name, "owner", "created_at", *link_names(entity))
    return ListQuery(entity.name, fields, sort=sort)


def link_names(entity: Entity) -> tuple[str, ...]:
    """The links to records with a page of their own."""
    people = ("user", "team")
    return tuple(field.name for field in entity.declared if field.target and field.type.stored
                 and field.target not in people and not field.type.kept_apart)  # fmt: skip


def open_condition(shape: TaskShape) -> Condition:
    if shape.finished == (True,):
        return Condition(shape.done.name, "is_false")
    return Condition(shape.done.name, "none_of", shape.finished)


def done_condition(shape: TaskShape) -> Condition:
    if shape.finished == (True,):
        return Condition(shape.done.name, "is_true")
    return Condition(shape.done.name, "any_of", shape.finished)


def _open(desk: Desk, shape: TaskShape, who: str, limit: int) -> tuple[list[Found], bool]:
    entity = desk.workspace.blueprint.entities[shape.entity]
    request = PageRequest((*WHOSE[who], open_condition(shape)), limit=limit)
    page = desk.store.list(desk.actor, task_query(entity, shape, (Sort(shape.due.name),)), request)
    return [(shape, row) for row in page.rows], page.after is not None


def _done(desk: Desk, shape: TaskShape, who: str) -> list[Found]:
    entity = desk.workspace.blueprint.entities[shape.entity]
    lately = Condition("updated_at", "within_last", (7,))
    request = PageRequest((*WHOSE[who], done_condition(shape), lately), limit=LATELY)
    page = desk.store.list(desk.actor, task_query(entity, shape, (Sort("updated_at", descending=True),)), request)
    return [(shape, row) for row in page.rows]


def _day(desk: Desk, shape: TaskShape, row: Mapping[str, Any]) -> date | None:
    value = row.get(shape.due.name)
    return desk.formats.local(value).date() if isinstance(value, datetime) else value


def _order(desk: Desk, one: Found) -> tuple[date, int]:
    return _day(desk, *one) or date.max, int(one[1]["id"])


def _label(desk: Desk, day: date | None) -> str:
    today = desk.formats.today
    if day is None:
        return desk.say("tasks.no_date")
    if day <= today:
        return desk.say("tasks.today" if day == today else "tasks.overdue")
    week, this = (first_of_week(one, desk.formats.week_start) for one in (day, today))
    if week == this:
        return desk.say("tasks.this_week")
    if week == this + timedelta(days=7):
        return desk.say("tasks.next_week")
    return desk.say("tasks.week_of", day=desk.formats.short_date(week))


def _due_text(desk: Desk, day: date | None) -> str:
    if day is None:
        return ""
    near = {0: "tasks.today", 1: "tasks.tomorrow", -1: "tasks.yesterday"}.get((day - desk.formats.today).days)
    return desk.say(near) if near else desk.formats.short_date(day)


def days_to(desk: Desk) -> Mapping[str, date]:
    """Where a task may be moved to with one press."""
    today = desk.formats.today
    monday = first_of_week(today, desk.formats.week_start) + timedelta(days=7)
    return {"today": today, "tomorrow": today + timedelta(days=1), "next_week": monday}
