"""Every template with a sample context in both languages: what a person sees, and what keeps the page safe."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from engine.forms.contexts import Link, ListScreen, MoveDialog, Page
from engine.forms.marks import person_mark, record_mark
from engine.forms.pages import STATIC, TEMPLATES, pages, web_address
from engine.forms.rows import RowColumn, Rows
from tests.forms.samples import Sample, fragments, templates

LANGUAGES = ("en", "zh-CN")
SCREENS = [(language, name) for language in LANGUAGES for name in templates(Sample(language))]
FRAGMENTS = [(language, name) for language in LANGUAGES for name in fragments(Sample(language))]
ICONS = {
    f"{sprite}.svg#i-{name}"
    for sprite in ("icons", "icons-app")
    for name in re.findall(r'id="i-([a-z0-9-]+)"', (STATIC / f"{sprite}.svg").read_text("utf-8"))
}
SAMPLE_ICONS = {f"icons-more.svg#i-{name}" for name in ("calendar-check", "flag", "globe", "sigma", "user-round-check")}
"""What only the samples draw."""


def rendered(language: str, name: str, group: Callable[[Sample], Any]) -> str:
    sample = Sample(language)
    template, context = group(sample)[name]
    return sample.render(template, context())


def words(page: str) -> str:
    """What is read on a page: its text without markup, spaces folded."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize(("language", "name"), SCREENS)
def test_a_screen_is_a_whole_page_in_its_language(language: str, name: str) -> None:
    page = rendered(language, name, templates)
    assert page.startswith(f'<!doctype html>\n<html lang="{language}"')
    assert page.count("<main") == page.count('id="main"') == 1
    assert page.count("<h1") == 1
    assert ("跳到正文" in page) == (language == "zh-CN")


@pytest.mark.parametrize(("language", "name"), SCREENS)
def test_a_screen_obeys_the_content_security_policy(language: str, name: str) -> None:
    page = rendered(language, name, templates)
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style(?! nonce=\"n0nce\")", page) == []
    assert re.findall(r"\son[a-z]+=", page) == []
    assert [style for style in re.findall(r'\sstyle="([^"]*)"', page) if not custom_only(style)] == []


def custom_only(style: str) -> bool:
    return all(part.strip().startswith("--") for part in style.split(";") if part.strip())


@pytest.mark.parametrize(("language", "name"), SCREENS)
def test_every_form_that_writes_carries_the_token_and_every_icon_exists(language: str, name: str) -> None:
    page = rendered(language, name, templates)
    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    assert [form for form in forms if 'name="_csrf" value="token"' not in form] == []
    drawn = set(re.findall(r"/(icons[a-z-]*\.svg#i-[a-z0-9-]+)", page))
    assert drawn and drawn - SAMPLE_ICONS <= ICONS


@pytest.mark.parametrize(("language", "name"), SCREENS)
def test_no_id_is_used_twice(language: str, name: str) -> None:
    page = re.sub(r"<template\b.*?</template>", "", rendered(language, name, templates), flags=re.DOTALL)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


@pytest.mark.parametrize(("language", "name"), FRAGMENTS)
def test_a_fragment_is_no_page_and_leaves_no_placeholder(language: str, name: str) -> None:
    fragment = rendered(language, name, fragments)
    assert "<html" not in fragment
    assert re.findall(r"\{\{|\{%|\$[a-z]+|&lt;[a-z]", fragment) == []
    assert words(fragment)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("list", "New deal", "新建商机"),
        ("list", "Sum $1,289,000", "合计 US$1,289,000"),
        (
            "list-nothing",
            "No deals match this view 2 filters are on. 1,336 deals exist outside them.",
            "条件之外还有 1,336 条商机",
        ),
        ("list-empty", "No deals yet", "还没有商机"),
        ("list-error", "Reference 7F3A-20C1", "编号 7F3A-20C1"),
        ("activity", "Maya Okafor changed it", "林美玲 修改了记录"),
        ("record", "Decision maker Add decision maker Needed next", "决策人 添加决策人 下一步需要"),
        ("record-bin", "This deal is in the recycle bin.", "此商机在回收站中"),
        ("form", "One answer needs another look Close date: Not a date", "有 1 项内容需要检查 预计成交: 不是日期"),
        ("form-conflict", "One field was changed meanwhile", "有 1 个字段已被他人修改"),
        (
            "form-conflict",
            "Yours $84,500 Priya Raman, 2 min ago $90,000",
            "您的内容 $84,500 Priya Raman，2 分钟前 $90,000",
        ),
        ("board", "Negotiation 3 $194,500 10% · $19,450", "谈判 3 $194,500"),
        ("move", "Before Negotiation", "进入“谈判”之前"),
        ("login-wrong", "Not right.", "不正确。"),
        ("setup", "What will you run here?", "您要在这里管理什么？"),
        ("setup-account", "Name your workspace", "为工作区命名"),
        ("profile", "Where you are signed in Chrome, Linux now This device", "登录的设备 Chrome, Linux 刚刚 本设备"),
        ("users", "Add Aiko: send them this link", "已添加 Aiko：请把链接发给对方"),
        ("error-404", "It may have been deleted, or you may not see it.", "它可能已被删除，或您无权查看。"),
        ("error-500", "Nothing was saved by this request.", "此请求没有保存任何内容"),
    ],
)
def test_a_screen_says_what_it_has_to_say(name: str, english: str, chinese: str) -> None:
    assert english in words(rendered("en", name, templates))
    assert chinese in words(rendered("zh-CN", name, templates))


def test_a_row_is_drawn_from_raw_values() -> None:
    sample = Sample("en")
    row = sample.rows().render([sample.row(0)])
    assert (
        words(row)
        == "CC Cold-chain sensors, phase 2 Corvid Cold Storage Proposal $84,500 28 Nov MO Maya Okafor Yes 50%"
    )
    assert (
        '<th role="rowheader" scope="row" class="pin" data-slot="title"><a class="rowlink" href="/e/deal/101">' in row
    )
    assert '<a class="cell num" href="/e/deal/101/edit#f-amount" data-f="amount">$84,500</a>' in row
    assert '<a class="quiet" href="/e/account/11">Corvid Cold Storage</a>' in row


def test_an_empty_cell_that_can_be_edited_is_named_by_its_column() -> None:
    sample = Sample("en")
    cell = sample.rows().cell("amount", sample.row(9))
    assert words(cell) == "Amount"
    assert 'class="cell num is-saved"' in cell


def test_a_choice_that_was_removed_is_shown_by_its_key() -> None:
    rows = Rows(pages("en"), "deal", [RowColumn("source", "Source", "choice", options={"web": ("Web", "sky")})])
    drawn = rows.render([{"id": 1, "source": "fair"}, {"id": 2, "source": "web"}, {"id": 3, "source": None}])
    assert re.findall(r'data-hue="(\w+)"><span>(\w+)<', drawn) == [("gray", "fair"), ("sky", "Web")]


def test_what_people_typed_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    sample = Sample("en")
    row = sample.row(0) | {"name": evil, "account__title": evil}
    screens = [
        sample.rows().render([row]),
        sample.render("screens/record.html", sample.record(title=evil)),
        sample.render("parts/editor.html", sample.editor(text=f'"{evil}', error=evil)),
        sample.render("parts/move.html", MoveDialog(sample.move(asks=False))),
    ]
    assert all(evil not in screen for screen in screens)
    assert "&lt;script&gt;" in screens[0]


def test_a_stored_address_never_runs_a_script() -> None:
    rows = Rows(pages("en"), "account", [RowColumn("site", "Site", "url")])
    assert 'href=""' in rows.render([{"id": 1, "site": "javascript:alert(1)"}])
    assert web_address("https://corvid.example") == "https://corvid.example"


@pytest.mark.parametrize(
    ("mark", "initials"),
    [
        (person_mark("Maya Okafor"), "MO"),
        (person_mark("Ana de la Cruz"), "AC"),
        (person_mark("林美玲"), "美玲"),
        (record_mark("Corvid Cold Storage"), "CC"),
        (record_mark("北溪冷链"), "北"),
        (record_mark("– –"), "?"),
        (record_mark("3M"), "3"),
    ],
)
def test_initials_follow_the_writing(mark: Any, initials: str) -> None:
    assert mark.initials == initials


def test_the_tab_bar_leads_home_to_the_first_of_the_menu_and_to_ones_tasks() -> None:
    own = tuple(Link(name, f"/{name.lower()}") for name in ("Home", "Inbox", "Tasks"))
    page: Page = Sample("en").page("x", "/", own=own)
    assert [link.label for link in page.tabs] == ["Home", "Companies", "Tasks"]


def test_every_template_is_drawn_by_a_sample_or_is_part_of_one() -> None:
    files = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    drawn = {template for group in (templates, fragments) for template, _ in group(Sample("en")).values()}
    texts = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in files) + rows_source()
    composed = ("widgets/", "parts/list_", "parts/who.html", "parts/regions.html")
    parts = {name for name in files if name in texts or name.startswith(composed)}
    assert sorted(files - drawn - parts) == []


def rows_source() -> str:
    return (TEMPLATES.parent / "rows.py").read_text(encoding="utf-8")


def test_a_screen_with_one_view_needs_no_switch() -> None:
    sample = Sample("en")
    screen: ListScreen = sample.list(layouts=())
    assert 'aria-label="Layout"' not in sample.render("screens/list.html", screen)
