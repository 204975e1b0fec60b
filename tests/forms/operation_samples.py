"""Contexts of operations: one that runs, one that left something, the list, an empty list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.forms import contexts as c

if TYPE_CHECKING:
    from tests.forms.samples import Sample


def row(sample: Sample) -> c.OperationRow:
    title, detail = sample.say("Edit Deals", "编辑商机"), sample.say("312 records done.", "已完成 312 条记录。")
    when = sample.say("2 h ago", "2 小时前")
    return c.OperationRow(
        title, "/operations/7", "list-checks", detail, sample.say("Done", "已完成"), "ok", when, "21 Nov"
    )


def running(sample: Sample) -> c.OperationScreen:
    title = sample.say("Edit Deals", "编辑商机")
    return c.OperationScreen(
        page=sample.page(title, "/operations/7"),
        crumbs=(c.Link(sample.say("Operations", "批量任务"), "/operations", "list-checks"), c.Link(title, "")),
        here="/operations/7",
        title=title,
        detail=sample.say("Stage: Proposal", "阶段：方案"),
        state=sample.say("Running", "进行中"),
        meaning="info",
        running=True,
        percent=64,
        counted="814 / 1,272",
        time_left=sample.say("about 20 seconds left", "约剩 20 秒"),
        sentence=sample.say("You can leave this page.", "您可以离开此页面。"),
        left=(),
        left_title=sample.say("What was left", "未处理的内容"),
        more_url="",
        links=(),
        acts=(c.OperationAct("/operations/7/stop", sample.say("Stop", "停止"), "circle-x", "danger-quiet"),),
    )


def ended(sample: Sample) -> c.OperationScreen:
    why = sample.say("Amount must be at least 0.", "金额不能小于 0。")
    left = (
        c.LeftRecord("Lab refit", "/e/deal/7", sample.say("Amount", "金额"), why),
        c.LeftRecord(sample.say("A record you cannot open", "您无权打开的记录"), "", "", why),
    )
    undo = c.OperationAct("/operations/7/undo", sample.say("Undo everything", "全部撤销"), "undo-2")
    links = (c.Link(sample.say("Deals", "商机"), "/e/deal", "handshake"),)
    done = replace(running(sample), running=False, meaning="warn", state=sample.say("Done", "已完成"))
    return replace(done, left=left, acts=(undo,), links=links, more_url="/operations/7?after=9")


def operation_templates(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    page = sample.page(sample.say("Operations", "批量任务"), "/operations")
    return {
        "operations": ("screens/operations.html", lambda: c.OperationsScreen(page, (row(sample),), "/operations?b=1")),
        "operations-none": ("screens/operations.html", lambda: c.OperationsScreen(page, ())),
        "operation": ("screens/operation.html", lambda: ended(sample)),
        "operation-running": ("screens/operation.html", lambda: running(sample)),
    }
