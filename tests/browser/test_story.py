"""A seller's day in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Visitor

FindOpportunity = Callable[[str], int]


def toast(page: Page) -> str:
    return page.locator(".toast").first.inner_text()


def test_somebody_logs_in_and_lands_at_home(visitor: Visitor) -> None:
    page = visitor.open("/login", email=None)
    page.fill("#email", "mei@example.org")
    page.fill("#password", PASSWORD)
    page.click("form button.btn--primary")
    expect(page.locator(".panel__title")).to_contain_text("Mei Lin")
    expect(page.get_by_text("My open tasks")).to_be_visible()


def test_a_cell_is_edited_in_place_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/all?sort=-amount")
    cell = page.locator("tbody tr").first.locator("a.cell[data-f=amount]")
    cell.focus()
    page.keyboard.press("F2")
    editor = page.locator("td.is-editing input:not([type=hidden])")
    editor.fill("123456.5")
    editor.press("Enter")
    expect(page.locator("tbody tr").first.locator("a.cell[data-f=amount]")).to_have_text("$123,456.50")
    page.reload()
    expect(page.locator("tbody tr").first.locator("a.cell[data-f=amount]")).to_have_text("$123,456.50")


def test_a_refused_value_keeps_what_was_typed(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/all?sort=-amount")
    page.locator("tbody tr").nth(1).locator("a.cell[data-f=amount]").click()
    editor = page.locator("td.is-editing input:not([type=hidden])")
    editor.fill("a lot")
    editor.press("Enter")
    expect(page.locator("td.is-editing .bad")).to_be_visible()
    expect(page.locator("td.is-editing input:not([type=hidden])")).to_have_value("a lot")
    page.keyboard.press("Escape")
    expect(page.locator("td.is-editing")).to_have_count(0)


def test_a_filter_is_added_in_the_panel_and_lands_in_the_address(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/all")
    page.locator("[popovertarget=filter]").first.click()
    page.locator("#filter [data-add] summary").click()
    page.locator("#filter .filter-fields [data-field=amount]").click()
    page.locator("#filter [name^=fv]").first.fill("50000")
    page.locator("#filter button.btn--primary").click()
    page.wait_for_url(re.compile(r"f=amount"))
    expect(page.locator(".fchip")).to_contain_text("$50,000")


def test_a_card_is_dragged_to_the_next_lane(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/board")
    lane, target = page.locator("[data-stage=qualification]"), page.locator("[data-stage=demo]")
    title = lane.locator(".kcard").first.locator(".kcard__t").inner_text()
    lane.locator(".kcard").first.drag_to(target, target_position={"x": 40, "y": 30})
    expect(target.locator(".kcard__t", has_text=title).first).to_be_visible()
    page.reload()
    expect(target.locator(".kcard__t", has_text=title).first).to_be_visible()


def test_a_move_that_asks_for_a_reason_waits_for_the_answer(visitor: Visitor, opportunity: FindOpportunity) -> None:
    page = visitor.open(f"/e/opportunity/{opportunity('proposal')}")
    page.locator("#stage button[value=lost]").click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Lost")
    dialog.locator("[name=lost_reason]").select_option(index=1)
    dialog.locator("button.btn--primary").click()
    expect(page.locator(".path__s--now")).to_contain_text("Lost")


def test_a_card_that_may_not_move_goes_back_with_the_reason(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/board")
    lane, end = page.locator("[data-stage=qualification]"), page.locator("[data-stage=lost]")
    card = lane.locator(".kcard").first
    name = card.get_attribute("id")
    card.focus()
    card.locator("[data-card-menu]").click()
    page.locator("#card-menu [data-to=lost]").click()
    expect(page.locator("#dialog")).to_contain_text("Lost")
    page.locator("#dialog [data-close]").first.click()
    expect(lane.locator(f"#{name}")).to_be_visible()
    expect(end.locator(".kcard")).to_have_count(0)


def test_a_record_is_made_with_a_picker_and_a_new_account_in_place(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/new")
    page.fill("[name=name]", "Harbour lights")
    picker = page.locator("#c-account-input")
    picker.click()
    picker.fill("Quiet Harbour")
    page.locator("[data-create='Quiet Harbour']").click()
    dialog = page.locator("#dialog")
    expect(dialog.locator("[name=name]")).to_have_value("Quiet Harbour")
    dialog.locator("button.btn--primary").click()
    expect(picker).to_have_value("Quiet Harbour")
    page.locator("header button.btn--primary").click()
    expect(page.locator("#record-title")).to_have_text("Harbour lights")
    expect(page.locator("#p-account")).to_contain_text("Quiet Harbour")


def test_a_deleted_record_comes_back_with_undo(visitor: Visitor) -> None:
    page = visitor.open("/e/activity/v/all")
    row = page.locator("tbody tr").last
    title = row.locator("a.rowlink span").last.inner_text()
    row.locator("a.rowlink").click()
    page.locator("[popovertarget=record-menu]").click()
    page.locator("#record-menu form[action$='/delete'] button").click()
    expect(page.locator(".toast")).to_contain_text(title)
    page.locator(".toast button", has_text="Undo").click()
    expect(page.locator("#record-title")).to_have_text(title)


def test_a_record_others_point_at_is_not_deleted_and_the_reason_is_told(visitor: Visitor) -> None:
    page = visitor.open("/e/product")
    page.locator("a.rowlink").first.click()
    title = page.locator("#record-title").inner_text()
    page.locator("[popovertarget=record-menu]").click()
    page.locator("#record-menu form[action$='/delete'] button").click()
    expect(page.locator(".toast")).to_contain_text("Opportunity lines")
    expect(page.locator("#record-title")).to_have_text(title)


def test_everything_a_person_reads_is_chinese(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity", language="zh-CN")
    expect(page.locator(".panel__title")).to_contain_text("商机")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert re.findall(r"[A-Za-z]{3,}", page.locator("thead").inner_text()) == []


def test_a_phone_shows_cards_and_tabs(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity", phone=True)
    expect(page.locator(".tabbar")).to_be_visible()
    expect(page.locator(".side")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_from_the_login_to_a_board_nothing_is_said_to_the_console(visitor: Visitor, theme: str) -> None:
    page = visitor.open("/login", email=None, theme=theme, worker=True)
    page.emulate_media(reduced_motion="no-preference")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.fill("#email", "dana@example.org")
    page.fill("#password", PASSWORD)
    page.click("form button.btn--primary")
    for place in (".side a[href='/e/opportunity']", "tbody a.rowlink", ".side a[href='/e/opportunity/v/board']"):
        page.locator(place).first.click()
        page.wait_for_load_state()
    expect(page.locator(".kcard").first).to_be_visible()
    assert said == []


def test_pages_say_nothing_to_the_console(visitor: Visitor, opportunity: FindOpportunity) -> None:
    page = visitor.open("/profile", worker=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    record = opportunity("demo")
    for path in (
        "/e/opportunity",
        "/e/opportunity/v/board",
        f"/e/opportunity/{record}",
        f"/e/opportunity/{record}/edit",
    ):
        page.goto(path, wait_until="networkidle")
    assert said == []


def test_pages_work_without_script(visitor: Visitor) -> None:
    context = visitor.browser.new_context(base_url=visitor.site.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/login")
    page.fill("#email", "dana@example.org")
    page.fill("#password", PASSWORD)
    page.click("form button.btn--primary")
    page.goto("/e/opportunity")
    page.locator("a.rowlink").first.click()
    page.locator("a[href$='/edit']").first.click()
    page.fill("[name=next_step]", "Call without script")
    page.locator("header button.btn--primary").click()
    expect(page.locator("#p-next_step")).to_contain_text("Call without script")


def test_a_card_is_carried_with_the_keyboard_and_told_aloud(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/board")
    lane, target = page.locator("[data-stage=qualification]"), page.locator("[data-stage=demo]")
    card = lane.locator(".kcard__t a").first
    title = card.inner_text()
    card.focus()
    page.keyboard.press("Space")
    expect(page.locator("#board-status")).to_contain_text(f"{title} picked up in Qualification")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#board-status")).to_have_text(f"{title} over Demo")
    page.keyboard.press("Escape")
    expect(lane.locator(".kcard__t a").first).to_have_text(title)
    expect(page.locator("#board-status")).to_have_text(f"{title} was put back in Qualification")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#board-status")).to_have_text(f"{title} moved to Demo")
    page.reload()
    expect(target.locator(".kcard__t", has_text=title).first).to_be_visible()


def test_a_folded_lane_stays_folded(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/board")
    page.locator("#lane-demo [data-fold]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-stage=demo]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-stage=demo]")).to_be_hidden()
    page.locator("#lane-demo [data-fold]").click()
    expect(page.locator("[data-stage=demo]")).to_be_visible()
