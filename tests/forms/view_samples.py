"""Contexts of the calendar, gallery, tree and pivot, for the invented sales workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.forms import contexts as c
from engine.forms.marks import record_mark

if TYPE_CHECKING:
    from tests.forms.samples import Sample


def view_templates(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    return {
        "calendar": ("screens/calendar.html", lambda: calendar(sample)),
        "pivot": ("screens/pivot.html", lambda: pivot(sample)),
        "gallery": ("screens/gallery.html", lambda: gallery(sample)),
        "tree": ("screens/tree.html", lambda: tree(sample)),
    }


def gallery(sample: Sample) -> c.GalleryScreen:
    title = sample.say("Lab refit", "实验室改造")
    fact = (sample.say("Stage", "阶段"), c.Value("choice", sample.stage("lead").label, hue="gray"))
    return c.GalleryScreen(
        page=sample.page(sample.say("Gallery", "画廊"), "/e/deal/v/gallery"),
        entity=sample.entity(),
        views=sample.views(),
        layouts=sample.layouts(),
        filters=sample.filters(),
        sorts=sample.sorts(),
        search="",
        size="medium",
        cards=(c.GalleryCard("7", title, "/e/deal/7", record_mark(title), "teal", (fact,)),),
        next_url="/e/deal/v/gallery?after=x",
    )


def tree(sample: Sample) -> c.TreeScreen:
    title = sample.say("Group", "集团")
    value = c.Value("choice", sample.stage("lead").label, hue="gray")
    row = c.TreeRow(
        *("7", "2", "", title, "/e/deal/7", "/e/deal/7/edit", "/e/deal/7/parent", 1, record_mark(title), (value,)),
        **{"children": 2, "toggle_url": "?open=7", "below_url": "?under=7", "path": title, "movable": True},
    )
    return c.TreeScreen(
        page=sample.page(sample.say("Tree", "树形"), "/e/deal/v/tree"),
        entity=sample.entity(),
        views=sample.views(),
        layouts=sample.layouts(),
        filters=sample.filters(),
        search="",
        heads=((sample.say("Name", "名称"), False, 280), (sample.say("Stage", "阶段"), False, 120)),
        rows=(row, c.TreeMore(2, "?under=7", "7")),
        columns=2,
        view="tree",
        movable=True,
    )


def pivot(sample: Sample) -> c.PivotScreen:
    cell, choices = c.PivotCell("$84,500", "/e/deal?f=stage:any_of:lead", 60), sample.stages()
    return c.PivotScreen(
        page=sample.page(sample.say("Pivot", "透视表"), "/e/deal/v/pivot"),
        entity=sample.entity(),
        views=sample.views(),
        layouts=sample.layouts(),
        filters=sample.filters(),
        carry=(("f", "stage:any_of:lead"),),
        row_choices=choices,
        second_choices=choices,
        across_choices=choices,
        measure_choices=choices,
        row_labels=(sample.say("Stage", "阶段"),),
        across_label=sample.say("Month", "月"),
        columns=(c.PivotHead("Nov 2026"),),
        measures=(sample.say("Amount, sum", "金额合计"),),
        rows=(c.PivotRow((c.PivotHead(sample.stage("lead").label),), (cell, cell)),),
        totals=(cell, cell),
    )


def calendar(sample: Sample) -> c.CalendarScreen:
    event = c.Event("7", "2", sample.say("Site visit", "现场拜访"), "/e/visit/7", "2026-11-21", "09:30", "teal")
    event = c.Event(
        "7", "2", event.title, event.url, event.day, event.time, "teal", width=2, movable=True, move_url="/m"
    )
    day = c.CalendarDay(
        "2026-11-21", "21", "Sat 21 Nov 2026", "/d", "/a", "/n", today=True, slots=(event, None), more=2
    )
    day = c.CalendarDay(**{name: getattr(day, name) for name in day.__slots__} | {"events": (event,)})
    return c.CalendarScreen(
        page=sample.page(sample.say("Calendar", "日历"), "/e/visit/v/calendar"),
        entity=sample.entity(),
        views=sample.views(),
        layouts=sample.layouts(),
        filters=sample.filters(),
        span="month",
        title="Nov 2026",
        spans=(c.Link(sample.say("Month", "月"), "/m", current=True), c.Link(sample.say("Week", "周"), "/w")),
        previous_url="/p",
        today_url="/t",
        next_url="/x",
        weekdays=("Mon",) * 7,
        weeks=((day,) * 1,),
        day="2026-11-21",
        agenda=(day,),
        view="calendar",
        movable=True,
    )
