"""Line items on a record: their order is drawn with the mouse or the arrow keys, and stays."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations


def order(page: Page) -> list[str | None]:
    return [row.get_attribute("data-id") for row in page.locator("#lines-lines tr[data-id]").all()]


def test_line_items_are_put_in_order_by_hand_and_by_keys(visitor: Visitor, opportunity: Callable[[str], int]) -> None:
    page = visitor.open(f"/e/opportunity/{opportunity('negotiation')}")
    first, second, *rest = order(page)
    grip = page.locator(f"#lines-lines tr[data-id='{first}'] [data-line-grip]")
    grip.focus()
    with page.expect_response("**/place"):
        page.keyboard.press("ArrowDown")
    expect(grip).to_be_focused()
    expect(page.locator("[data-line-status]")).to_have_text(f"Row 2 of {len(rest) + 2}")
    assert violations(page, "#lines-lines") == []
    page.reload()
    assert order(page) == [second, first, *rest]
    with page.expect_response("**/place"):
        page.locator(f"tr[data-id='{first}'] [data-line-grip]").hover()
        page.mouse.down()
        box = page.locator(f"tr[data-id='{second}']").bounding_box()
        assert box
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
        page.mouse.up()
    page.reload()
    assert order(page) == [first, second, *rest]


def test_line_items_are_put_in_order_on_the_form_too(visitor: Visitor, opportunity: Callable[[str], int]) -> None:
    record = f"/e/opportunity/{opportunity('negotiation')}"
    page = visitor.open(record)
    first, second, *rest = order(page)
    page.goto(f"{record}/edit")
    grip = page.locator("[data-lines=lines] tbody tr").first.locator("[data-line-grip]")
    grip.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-lines=lines] [data-line-status]")).to_have_text(f"Row 2 of {len(rest) + 2}")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url(lambda url: urlsplit(url).path == record)
    assert order(page) == [second, first, *rest]
    with page.expect_response("**/place"):
        page.locator(f"#lines-lines tr[data-id='{first}'] [data-line-grip]").focus()
        page.keyboard.press("ArrowUp")
