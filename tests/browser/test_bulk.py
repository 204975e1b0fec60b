"""Many records in a real browser: the offer of all of a view, ticks that stay while paging, the dialog, the page of
what runs."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations

LIST = "/e/opportunity/v/all"


def tick_the_page(page: Page) -> None:
    page.locator("#list tbody .dtable__sel").first.hover()
    page.locator("#list tbody .dtable__sel input").first.check()
    expect(page.locator("[data-selected]")).to_have_text("1")
    page.locator("[data-all]").check()


def test_all_of_a_view_is_offered_once_its_page_is_ticked_and_changed_and_put_back(visitor: Visitor) -> None:
    page = visitor.open(f"{LIST}?f=stage%3Aany_of%3Alost")
    total = page.locator("#list").get_attribute("data-total") or ""
    assert 50 < int(total) <= 200
    expect(page.locator("[data-whole]")).to_be_hidden()
    tick_the_page(page)
    page.get_by_role("button", name=f"Select all {total} in this view").click()
    expect(page.locator("[data-selected]")).to_have_text(total)
    assert violations(page) == []
    page.locator("#bulk [value=edit]").click()
    expect(page.locator("#dialog")).to_contain_text(f"All {total} Opportunities in this view.")
    page.select_option("#bulk-pick", "next_step")
    page.locator('[name="v.next_step"]').fill("Call them")
    assert violations(page) == []
    page.locator("#dialog").get_by_role("button", name=f"Change {total}").click()
    expect(page.locator(".toast")).to_contain_text(f"{total} changed", timeout=30_000)
    page.locator(".toast [data-undo]").click()
    expect(page.locator(".toast")).to_contain_text(f"{total} put back", timeout=30_000)
    page.goto("/operations")
    expect(page.locator(".ops__i").nth(1)).to_be_visible()
    assert violations(page) == []
    page.locator(".ops a").first.click()
    expect(page.locator("#operation")).to_contain_text(f"{total} records done.")
    assert violations(page) == []


def test_ticks_stay_while_paging_and_go_with_another_filter(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    page.locator("#list tbody .dtable__sel").first.hover()
    page.locator("#list tbody .dtable__sel input").nth(0).check()
    page.locator("#list tbody .dtable__sel input").nth(1).check()
    expect(page.locator("[data-selected]")).to_have_text("2")
    page.locator(".pager [rel=next]").click()
    expect(page.locator(".pager [rel=prev]")).to_be_visible()
    expect(page.locator("[data-selected]")).to_have_text("2")
    page.locator("#list tbody .dtable__sel input").nth(0).check()
    expect(page.locator("[data-selected]")).to_have_text("3")
    page.locator("#bulk [value=assign]").click()
    expect(page.locator("#bulk-form input[name=id]")).to_have_count(3)
    page.keyboard.press("Escape")
    page.locator(".pager [rel=prev]").click()
    expect(page.locator("#list tbody .dtable__sel input:checked")).to_have_count(2)


def test_the_operations_are_as_wide_as_the_phone(visitor: Visitor) -> None:
    page = visitor.open("/operations", phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
