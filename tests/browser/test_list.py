"""The list in a real browser: preview, selection, menus that come when they are opened."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations

LIST = "/e/opportunity/v/all?sort=-amount"


@pytest.mark.parametrize("path", [LIST, "/e/account"])
def test_a_list_is_as_wide_as_the_phone(visitor: Visitor, path: str) -> None:
    page = visitor.open(path, phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_space_previews_j_steps_on_and_escape_closes(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    rows = page.locator("#list tbody tr")
    rows.nth(0).locator(".rowlink").focus()
    page.keyboard.press(" ")
    expect(page.locator("#peek h2")).to_have_text(rows.nth(0).locator(".rowlink > span").last.inner_text())
    assert violations(page) == []
    page.keyboard.press("j")
    expect(page.locator("#peek h2")).to_have_text(rows.nth(1).locator(".rowlink > span").last.inner_text())
    assert f"peek={rows.nth(1).get_attribute('data-id')}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_hidden()
    assert "peek" not in page.url


def test_shift_selects_a_range_and_escape_clears_it(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    boxes = page.locator("#list tbody .dtable__sel input")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("[data-selected]")).to_have_text("4")
    expect(page.locator("#bulk")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#bulk")).to_be_hidden()


def test_the_menus_of_a_list_come_when_they_are_opened(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    page.locator("[data-load=columns]").click()
    expect(page.locator("#columns input[name=cols]").first).to_be_attached()
    page.keyboard.press("Escape")
    page.locator(".filter-btn").click()
    expect(page.locator("#filter form")).to_be_visible()
