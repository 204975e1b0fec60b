"""Shortcuts of one key: where they lead, and that they can be turned off."""

from __future__ import annotations

from playwright.sync_api import expect

from engine.access.actor import ENGINE
from tests.browser.conftest import Visitor


def test_g_and_a_letter_go_to_a_page_of_the_menu(visitor: Visitor) -> None:
    page = visitor.open("/e/account")
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(f"{visitor.site.url}/")
    page.wait_for_load_state()
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page).to_have_url(f"{visitor.site.url}/e/contact")


def test_keys_do_nothing_once_they_are_turned_off(visitor: Visitor) -> None:
    page = visitor.open("/profile", email="tom@example.org")
    page.get_by_text("Off", exact=True).click()
    page.get_by_role("button", name="Save").first.click()
    page.goto("/e/account")
    page.keyboard.press("c")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()
    expect(page).to_have_url(f"{visitor.site.url}/e/account")


def test_a_gives_the_row_in_focus_to_somebody_and_s_moves_what_is_previewed(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/all?f=stage:any_of:qualification&cols=name,stage,owner")
    row = page.locator("tbody tr").first
    row.locator("a.rowlink").focus()
    page.keyboard.press("a")
    expect(row.locator("td.is-editing .picker__input")).to_be_focused()
    row.locator("a.rowlink").focus()
    expect(row.locator("td.is-editing")).to_have_count(0)
    expect(row.locator("a.rowlink")).to_be_focused()
    page.keyboard.press(" ")
    before = page.locator("#peek .peek__stage .tag").inner_text()
    page.keyboard.press("s")
    expect(page.locator("#peek .peek__stage .tag")).not_to_have_text(before)


def test_s_moves_the_row_in_focus_to_its_next_stage_and_asks_for_what_lacks(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/all?f=stage:any_of:qualification&cols=name,stage,owner&sort=name")
    number, title = page.locator("tbody tr").count(), page.locator("tbody a.rowlink").first.inner_text().split("\n")[-1]
    page.locator("tbody a.rowlink").first.focus()
    page.keyboard.press("s")
    expect(page.locator(".toast").last).to_contain_text(f"{title} moved to Demo")
    expect(page.locator("tbody tr")).to_have_count(number - 1)
    expect(page.locator("tbody tr").first.locator("a.rowlink")).to_be_focused()
    expect(page.locator("#peek")).to_be_hidden()
    assert visitor.site.services.workspace is not None
    store = visitor.site.services.workspace.store
    account = store.create(ENGINE, "account", {"name": "Quillfeather"})
    store.create(ENGINE, "opportunity", {"name": "Undated plan", "account": account, "stage": "demo", "amount": 5})
    page.goto("/e/opportunity/v/all?q=undated")
    page.locator("tbody tr a.rowlink").first.focus()
    page.keyboard.press("s")
    expect(page.locator("#dialog")).to_be_visible()


def test_the_help_says_the_keys_of_the_page_alone(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/board")
    page.keyboard.press("?")
    assert page.locator("#help h3").all_inner_texts() == ["On a board"]
    page.goto("/e/account")
    page.keyboard.press("?")
    assert page.locator("#help h3").all_inner_texts() == ["In lists", "In the table"]
