"""Shortcuts of one key: where they lead, and that they can be turned off."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitor


def test_g_and_a_letter_go_to_a_page_of_the_menu(visitor: Visitor) -> None:
    page = visitor.open("/e/account")
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(f"{visitor.site.url}/")
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
