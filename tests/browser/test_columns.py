"""The columns of a list in a real browser: wider, elsewhere, pinned, hidden, denser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations

LIST = "/e/opportunity/v/open"
LAYOUT = "**/layout"


@pytest.fixture
def page(visitor: Visitor) -> Iterator[Page]:
    """A list whose behaviour is there; in the end its columns are as they were."""
    page = visitor.open(LIST)
    page.locator("#list thead").hover()
    expect(page.locator(".col-edge").first).to_be_attached()
    yield page
    page.goto(f"{LIST}?columns=open")
    if page.locator("[name=reset]").is_enabled():
        page.locator("[name=reset]").click()


def names(page: Page) -> list[str]:
    return page.locator("#list thead th[data-column]").evaluate_all("all => all.map(head => head.dataset.column)")


def width(page: Page, name: str) -> int:
    return round(page.locator(f"th[data-column={name}]").bounding_box()["width"])  # type: ignore[index]


def test_an_edge_is_dragged_and_moved_by_arrow_keys_and_the_width_stays(page: Page) -> None:
    edge = page.locator("th[data-column=stage] .col-edge")
    before, box = width(page, "stage"), edge.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 64, box["y"] + 8, steps=4)
    page.mouse.up()
    assert width(page, "stage") == before + 60
    page.locator("th[data-column=stage] a").focus()
    page.keyboard.press("Tab")
    with page.expect_response(LAYOUT) as answer:
        page.keyboard.press("ArrowLeft")
    assert answer.value.status == 204 and edge.get_attribute("aria-valuenow") == str(before + 44)
    assert violations(page) == []
    page.reload()
    assert width(page, "stage") == before + 44
    page.locator("#list thead").hover()
    with page.expect_response(LAYOUT):
        page.locator("th[data-column=stage] .col-edge").dblclick()
    expect(page.locator("th[data-column=stage] .col-edge")).not_to_have_attribute("aria-valuenow", str(before + 44))


def test_a_head_is_dragged_to_another_place(page: Page) -> None:
    before = names(page)
    last, second = (page.locator(f"th[data-column={before[at]}]").bounding_box() for at in (3, 1))
    assert last and second
    page.mouse.move(last["x"] + 30, last["y"] + 10)
    page.mouse.down()
    page.mouse.move(second["x"] + 20, second["y"] + 10, steps=6)
    with page.expect_response(LAYOUT):
        page.mouse.up()
    expect(page.locator("#list thead th[data-column]").nth(1)).to_have_attribute("data-column", before[3])
    assert page.url.endswith(LIST) and names(page) == [before[0], before[3], *before[1:3], *before[4:]]


def test_the_menu_pins_hides_and_finds_at_once_and_rows_become_denser(page: Page) -> None:
    before = names(page)
    page.locator(".toolbar [data-load=columns]").click()
    menu = page.locator("#columns")
    menu.locator("[data-column=amount] .colmenu__pin").click()
    expect(page.locator("table.dtable")).to_have_attribute("data-pins", "1")
    menu.locator("[data-column=stage] .switch").click()
    expect(page.locator("th[data-column=stage]")).to_have_count(0)
    assert names(page) == [before[0], "amount", *(name for name in before[1:] if name not in ("amount", "stage"))]
    assert menu.locator("[data-order=hidden] [data-column=stage]").count() == 1 and violations(page) == []
    menu.locator("[data-find]").fill("weighted")
    expect(menu.locator("[data-column]:visible")).to_have_count(1)
    with page.expect_response("**/profile"):
        menu.get_by_role("button", name="Compact").click()
    assert page.locator("tbody tr").first.bounding_box()["height"] <= 33  # type: ignore[index]
    with page.expect_response("**/profile"):
        menu.get_by_role("button", name="Comfortable").click()
