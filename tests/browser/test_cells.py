"""Cells as in a spreadsheet: moving, writing, copying and pasting with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import LOOKS, violations

BY_NAME = "/e/opportunity/v/all?sort=name&cols=name,amount,close_date,tier,owner,next_step,created_at"
EDITOR = "td.is-editing :is(input:not([type=hidden], .affix__native), select)"


def cell(page: Page, field: str, row: int = 0) -> Locator:
    return page.locator("tbody tr").nth(row).locator(f"a.cell[data-f={field}]")


def editing(page: Page) -> Locator:
    return page.locator(EDITOR).first


def write(page: Page, field: str, text: str, row: int = 0) -> None:
    cell(page, field, row).focus()
    page.keyboard.press("F2")
    editing(page).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("td.is-editing")).to_have_count(0)


def test_arrows_move_between_cells_and_one_of_them_is_a_stop(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    cell(page, "amount").focus()
    expect(page.locator("tbody [tabindex='0']")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(cell(page, "amount", 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("tbody tr").nth(1).locator("a.rowlink")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("tbody tr").nth(1).locator("td").last).to_be_focused()
    expect(page.locator("tbody [tabindex='0']")).to_have_count(1)
    assert violations(page) == []


def test_typing_begins_an_edit_and_tab_goes_on_to_the_next(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    cell(page, "amount").focus()
    page.keyboard.type("4242")
    expect(editing(page)).to_have_value("4242")
    page.keyboard.press("Tab")
    expect(page.locator("td.is-editing input[id^=c-close_date]")).to_be_focused()
    expect(cell(page, "amount")).to_have_text("$4,242")
    page.keyboard.press("Shift+Tab")
    expect(editing(page)).to_have_value("4242")
    page.keyboard.press("Escape")
    expect(cell(page, "amount")).to_be_focused()
    assert page.locator("td.is-editing").count() == 0


def test_what_was_written_shows_before_the_answer_and_the_sum_follows(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    before = page.locator("#total-amount").inner_text()
    held: list[Route] = []
    page.route("**/cell/amount", lambda route: held.append(route))
    cell(page, "amount", 2).focus()
    page.keyboard.type("98765")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-saving .is-shown")).to_have_text("98765")
    held[0].continue_()
    expect(cell(page, "amount", 2)).to_have_class("cell num is-saved")
    expect(cell(page, "amount", 2)).to_be_focused()
    expect(page.locator("#total-amount")).not_to_have_text(before)


def test_a_value_is_copied_pasted_and_cleared_and_clearing_is_undone(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    write(page, "amount", "1234.5")
    cell(page, "amount").focus()
    page.keyboard.press("Control+c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+v")
    expect(cell(page, "amount", 1)).to_have_text("$1,234.50")
    expect(cell(page, "amount", 1)).to_be_focused()
    write(page, "next_step", "Call")
    cell(page, "next_step").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".toast")).to_contain_text("Value cleared")
    expect(cell(page, "next_step").locator(".vh")).to_have_count(1)
    page.locator(".toast [data-undo]").click()
    expect(cell(page, "next_step")).to_have_text("Call")


def test_a_refused_value_stays_as_typed_with_the_focus_and_esc_brings_back_what_was(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    shown = cell(page, "amount", 3).inner_text()
    cell(page, "amount", 3).focus()
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-editing [role=alert]")).to_be_visible()
    expect(editing(page)).to_have_value("many")
    expect(editing(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, "amount", 3)).to_have_text(shown)
    expect(cell(page, "amount", 3)).to_be_focused()


def test_what_could_not_be_sent_stays_and_leaving_the_page_asks_first(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    cell(page, "next_step", 4).focus()
    page.keyboard.type("W")
    expect(editing(page)).to_have_value("W")
    page.context.set_offline(True)
    page.keyboard.type("rite")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-editing [role=alert]")).to_have_text(
        "Not saved. Press Enter to try again, Esc to give it up."
    )
    expect(editing(page)).to_have_value("Write")
    expect(editing(page)).to_be_focused()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.assign('/e/account')")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(cell(page, "next_step", 4)).to_have_text("Write")
    assert asked == ["beforeunload"]


def test_a_person_and_a_choice_open_their_list_at_once(visitor: Visitor) -> None:
    page = visitor.open(BY_NAME)
    cell(page, "owner").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".picker__list:popover-open [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-editing")).to_have_count(0)
    expect(cell(page, "owner")).to_be_focused()


@pytest.mark.parametrize("look", ["desktop", "desktop dark", "desktop zh"])
def test_an_open_and_a_refused_editor_have_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open(BY_NAME, **LOOKS[look])  # type: ignore[arg-type]
    cell(page, "amount", 1).click()
    expect(editing(page)).to_be_focused()
    assert violations(page) == []
    editing(page).fill("x")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-editing [role=alert]")).to_be_visible()
    assert violations(page) == []


def meanwhile(visitor: Visitor, page: Page, row: int, text: str) -> None:
    """Henrik writes a value while Dana has its editor open."""
    record = page.locator("tbody tr").nth(row).get_attribute("data-id")
    henrik = visitor.open(f"/e/opportunity/{record}", email="henrik@example.org")
    henrik.locator("#p-amount .val__edit").click()
    henrik.locator("#p-amount .is-editing .input").fill(text)
    henrik.keyboard.press("Enter")
    expect(henrik.locator("#p-amount .is-saved")).to_be_visible()


@pytest.mark.parametrize(("mine", "theirs", "kept"), [("222", "111", "$222"), ("444", "333", "$333")])
def test_what_somebody_else_wrote_meanwhile_is_shown_beside_ones_own_and_one_is_chosen(
    visitor: Visitor, mine: str, theirs: str, kept: str
) -> None:
    page = visitor.open(BY_NAME)
    cell(page, "amount", 5).focus()
    page.keyboard.press("F2")
    expect(editing(page)).to_be_focused()
    meanwhile(visitor, page, 5, theirs)
    editing(page).fill(mine)
    page.keyboard.press("Enter")
    asked = page.locator("td.is-editing .cell-conflict")
    expect(asked.get_by_role("alert")).to_contain_text(f"${theirs}")
    assert violations(page, "td.is-editing") == []
    asked.locator("button", has_text=kept).click()
    expect(cell(page, "amount", 5)).to_have_text(kept)


def test_the_numbers_on_the_tabs_follow_what_is_written(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/open?sort=-close_date&cols=name,close_date")
    overdue = page.locator(".views a[href$='/v/overdue'] .count")
    before = int(overdue.inner_text())
    write(page, "close_date", "2020-01-01")
    expect(overdue).to_have_text(str(before + 1))
