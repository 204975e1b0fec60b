"""Why a computed value is what it is: asked and asked on without leaving the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations


@pytest.mark.parametrize("look", [{}, {"phone": True, "theme": "dark"}], ids=["desktop", "phone"])
def test_the_explanation_opens_over_the_record(
    visitor: Visitor, opportunity: Callable[[str], int], look: dict[str, object]
) -> None:
    page = visitor.open(f"/e/opportunity/{opportunity('proposal')}", **look)  # type: ignore[arg-type]
    asked = page.locator("#p-expected_value .val__why")
    asked.click()
    sheet = page.locator("#dialog")
    expect(sheet.locator("h2")).to_be_focused()
    expect(sheet.locator(".why__made")).to_have_text("Amount * Stage › Probability / 100")
    assert violations(page, "#dialog") == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(asked).to_be_focused()
