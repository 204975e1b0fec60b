"""Contexts of duplicates: records laid side by side, and what stands against a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.forms import contexts as c
from engine.forms.contexts.duplicates import DuplicateGroup, DuplicatesScreen, Near, NearRecord
from engine.forms.contexts.merging import MergeField, MergeRecord, MergeScreen, MergeValue
from engine.forms.marks import record_mark

if TYPE_CHECKING:
    from tests.forms.samples import Sample


def merging(sample: Sample, **changes: Any) -> MergeScreen:
    say = sample.say
    title, when = say("Merge 2 Deals", "合并 2 条商机"), say("2 d ago", "2 天前")
    records = tuple(
        MergeRecord(id, name, f"/e/deal/{id}", record_mark(name), when, when, id == "7", id == "7")
        for id, name in (("7", "Lab refit"), ("8", "Lab re-fit"))
    )
    stage = c.Value("stage", say("Proposal", "方案"), hue="violet")
    tags = c.Value("tags", "a, b", tags=(c.Tag("a", "gray"), c.Tag("b", "gray")))
    values = MergeValue("7", "Lab refit", stage, True), MergeValue("8", "Lab re-fit", c.Value("stage", ""), False)
    fields = (
        MergeField("stage", say("Stage", "阶段"), values, None, ""),
        MergeField("tags", say("Tags", "标签"), values, MergeValue("0", say("All together", "全部"), tags, False), ""),
        MergeField("name", say("Name", "名称"), values, None, say("Too long.", "太长。")),
    )
    screen = MergeScreen(
        page=sample.page(title, "/e/deal/merge"),
        entity=sample.entity(),
        crumbs=(c.Link(say("Deals", "商机"), "/e/deal", "handshake"), c.Link(title, "", current=True)),
        title=title,
        action="/e/deal/merge",
        cancel_url="/e/deal",
        records=records,
        fields=fields,
        same=(c.Fact(say("Owner", "负责人"), c.Value("text", "Maya")),),
        along=(say("12 Contacts", "12 条联系人"),),
        errors=(c.FormError("m-name", say("Name", "名称"), say("Too long.", "太长。")),),
    )
    return replace(screen, **changes)


def near(sample: Sample, **changes: Any) -> Near:
    say = sample.say
    mark, facts = record_mark("Lab refit"), ("+1 212 555 0142", "lab.example.com")
    record = NearRecord("7", "Lab refit", "/e/deal/7", mark, say("Similar name", "名称近似"), False, facts)
    return replace(Near((record, replace(record, id="8", certain=True)), asks=True), **changes)


def duplicates(sample: Sample, **changes: Any) -> DuplicatesScreen:
    say = sample.say
    why = say("Same e-mail", "邮箱相同")
    group = DuplicateGroup(near(sample).records, ("7", "8"), why, True, "/e/deal/merge?id=7&id=8", "")
    other = replace(group, certain=False, merge_url="", more=say("and 2 more", "还有 2 条"))
    screen = DuplicatesScreen(
        page=sample.page(say("Duplicates", "重复记录"), "/e/deal/duplicates"),
        entity=sample.entity(),
        crumbs=(c.Link(say("Deals", "商机"), "/e/deal", "handshake"), c.Link(say("Duplicates", "重复记录"), "")),
        groups=(group, other),
        apart_url="/e/deal/duplicates/apart",
        here="/e/deal/duplicates",
        waiting=say("120 records are still to be compared.", "还有 120 条记录待比较。"),
        next_url="/e/deal/duplicates?after=x",
        known=True,
    )
    return replace(screen, **changes)


def duplicate_fragments(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    return {
        "near": ("parts/near.html", lambda: near(sample)),
        "near-blocked": ("parts/near.html", lambda: near(sample, asks=False, blocks=True)),
    }


def duplicate_templates(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    return {
        "duplicates": ("screens/duplicates.html", lambda: duplicates(sample)),
        "duplicates-none": ("screens/duplicates.html", lambda: duplicates(sample, groups=(), waiting="", known=True)),
        "duplicates-no-rules": ("screens/duplicates.html", lambda: duplicates(sample, groups=(), known=False)),
        "merge": ("screens/merge.html", lambda: merging(sample)),
        "merge-nothing": ("screens/merge.html", lambda: merging(sample, fields=(), same=(), along=(), errors=())),
    }
