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
    page.locator(".toolbar [data-load=columns]").click()
    expect(page.locator("#columns input[name=cols]").first).to_be_attached()
    page.keyboard.press("Escape")
    page.locator(".filter-btn").click()
    expect(page.locator("#filter form")).to_be_visible()


def test_a_group_folds_and_stays_folded(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/open?group=stage")
    first = page.locator("#list tbody").nth(0)
    first.locator("[data-fold]").click()
    expect(first.locator("tr[data-id]").first).to_be_hidden()
    page.reload()
    expect(first.locator("[data-fold]")).to_have_attribute("aria-expanded", "false")
    expect(first.locator("tr[data-id]").first).to_be_hidden()
    expect(page.locator("#list tbody").nth(1).locator("tr[data-id]").first).to_be_visible()
    assert violations(page) == []


def test_an_edit_of_what_a_list_is_grouped_by_moves_the_row(visitor: Visitor) -> None:
    page = visitor.open("/e/account/v/key_accounts")
    row = page.locator("#list tbody").nth(0).locator("tr[data-id]").first
    number = row.get_attribute("data-id")
    row.locator("a[data-f=tier]").click()
    page.locator("#list td.is-editing select").select_option("b")
    moved = page.locator(f"#list tbody[data-group=b] tr[data-id='{number}']")
    expect(moved).to_be_visible()
    expect(page.locator(".toast").first).to_contain_text("is now under")


def test_an_editor_wider_than_its_cell_stands_over_the_table_and_inside_the_window(visitor: Visitor) -> None:
    page = visitor.open("/e/account/v/all")
    page.evaluate(
        """() => { const cell = document.querySelector("#list tbody tr td:last-child");
        cell.scrollIntoView({ inline: "nearest" });
        cell.classList.add("is-editing");
        cell.innerHTML = '<div class="cell-edit"><div class="parts" style="width: 400px">x</div></div>'; }"""
    )
    box = page.locator(".cell-edit").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 1440
