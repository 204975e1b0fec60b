"""Computed values of a form follow what is typed, before it is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations


@pytest.mark.parametrize("phone", [False, True])
def test_a_subtotal_and_the_totals_follow_what_is_typed(visitor: Visitor, phone: bool) -> None:
    page = visitor.open("/e/quote/new", phone=phone)
    total = page.locator("[data-locked=gross]")
    place = total.bounding_box()
    page.get_by_role("button", name="Add row").click()
    row = page.locator("[data-lines=lines] tbody tr").last
    row.locator("[name$='.unit_price']").fill("1000")
    row.locator("[name$='.discount']").fill("10")
    row.locator("[name$='.quantity']").fill("10")
    expect(row.locator("[data-locked$='.subtotal']")).to_have_value("$9,000")
    expect(page.locator("[data-sum]").first).to_have_text("$9,000")
    page.locator("[name=tax_rate]").fill("13")
    expect(total).to_have_value("$10,170")
    box = total.bounding_box()
    assert place and box and (box["x"], box["width"], box["height"]) == (place["x"], place["width"], place["height"])
    row.locator("[name$='.quantity']").fill("many")
    expect(total).to_have_value("")
    assert violations(page, "main") == []
    row.locator("[data-remove-line]").click()
    expect(total).to_have_value("$0")
