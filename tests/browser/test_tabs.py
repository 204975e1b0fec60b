"""Tabs of records and forms, folded sections, and the keys that go through a list."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, settled
from tests.browser.test_accessibility import LOOKS, violations


def test_tabs_of_a_record_are_swapped_in_place_and_back_works(visitor: Visitor) -> None:
    page = visitor.open("/e/account")
    page.locator("a.rowlink").first.click()
    page.locator(".rec__tabs >> text=People").click()
    expect(page.locator("#related-contact-account")).to_be_visible()
    assert "tab=people" in page.url and "in=" in page.url
    page.go_back()
    expect(page.locator("#p-website")).to_be_visible()


def test_an_error_on_a_hidden_tab_opens_it(visitor: Visitor) -> None:
    page = visitor.open("/e/account/new")
    expect(page.locator("#c-employees")).to_be_hidden()
    page.locator("[data-form-tab=background]").click()
    page.locator("#c-employees").fill("many")
    page.locator("[data-form-tab=overview]").click()
    page.locator("#c-name").fill("Quillfeather")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#c-employees")).to_be_visible()
    page.locator("[data-form-tab=overview]").click()
    page.locator(".errsum a").first.click()
    expect(page.locator("#c-employees")).to_be_focused()


def test_j_and_k_go_through_the_list_a_record_was_opened_from(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/all?sort=-amount")
    titles = page.locator("a.rowlink span:last-child").all_inner_texts()[:3]
    page.locator("a.rowlink").first.click()
    expect(page.locator("#record-title")).to_have_text(titles[0])
    page.wait_for_load_state()
    for key, number in (("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator("#record-title")).to_have_text(titles[number])
        page.wait_for_load_state()


def test_a_folded_section_stays_folded(visitor: Visitor) -> None:
    page = visitor.open("/e/account")
    page.locator("a.rowlink").first.click()
    page.wait_for_url("**/e/account/*")
    settled(page)
    page.locator("#s-standing > summary").click()
    expect(page.locator("#s-standing dl")).to_be_hidden()
    page.reload()
    expect(page.locator("#s-standing dl")).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS)
def test_tabs_have_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open("/e/account?q=a", **LOOKS[look])  # type: ignore[arg-type]
    page.goto(page.locator("a.rowlink").first.get_attribute("href") or "")
    page.goto(f"{page.url}&tab=business")
    assert violations(page) == []
    page.goto("/e/account/new")
    assert violations(page) == []
