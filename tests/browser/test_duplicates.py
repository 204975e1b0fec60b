"""Records that may be the same: told while one types, listed, laid side by side; axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, settled
from tests.browser.test_accessibility import LOOKS, violations


@pytest.mark.parametrize("look", LOOKS)
def test_duplicates_and_their_merge_have_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open("/e/account/duplicates", **LOOKS[look])  # type: ignore[arg-type]
    assert violations(page) == []
    page.locator("main a[href*='/merge?']").first.click()
    page.wait_for_url("**/merge?*")
    settled(page)
    assert violations(page) == []


def test_what_may_be_the_same_is_told_in_a_dialog_too(visitor: Visitor) -> None:
    page = visitor.open("/e/contact/new")
    account = page.get_by_role("combobox", name="Account")
    account.fill("WINTERREACH Growers Ltd.")
    page.get_by_role("option", name="Create").click()
    told = page.locator("dialog").get_by_role("region", name="This may already exist")
    expect(told).to_contain_text("Winterreach Growers")
    assert violations(page) == []
    page.locator("dialog [name=name]").fill("Nothing like it at all")
    expect(told).to_have_count(0)


def test_while_one_types_what_may_be_the_same_is_told(visitor: Visitor) -> None:
    page = visitor.open("/e/account/new")
    page.fill("[name=name]", "WINTERREACH Growers Ltd.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="This may already exist")).to_contain_text("Winterreach Growers")
    assert violations(page) == []
