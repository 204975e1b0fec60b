"""The Tasks page: what is to be done, by when."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.shell import Link, Page, Person


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: str
    title: str
    url: str
    due: str
    late: bool
    done: bool
    links: tuple[Link, ...]
    """The records it belongs to, as far as the person may see them."""
    owner: Person | None
    act_url: str
    """`/tasks/<entity>/<id>`; empty when the person may not change it."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    label: str
    rows: tuple[TaskRow, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class TaskList:
    who: str
    groups: tuple[TaskGroup, ...]
    more: tuple[Link, ...] = ()
    """The whole list of an entity, where more is to be done than the page shows."""


@dataclass(frozen=True, slots=True)
class TasksScreen:
    """`screens/tasks.html`"""

    page: Page
    tabs: tuple[Link, ...]
    add: tuple[Link, ...]
    tasks: TaskList
    lists: tuple[Link, ...] = ()
    """The lists of every entity whose records are shown here."""


@dataclass(frozen=True, slots=True)
class TasksPart:
    """`parts/tasks.html`: the list again, after a task was moved to another day."""

    tasks: TaskList
    csrf: str


@dataclass(frozen=True, slots=True)
class TaskPart:
    """`parts/task.html`: one task again, after it was checked off."""

    task: TaskRow
    csrf: str
    who: str
