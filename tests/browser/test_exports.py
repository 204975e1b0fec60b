"""The export dialog in a browser: it opens over the list as it is filtered now, gives the file, and closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import LOOKS, violations

LIST = "/e/opportunity/v/all"


def test_the_list_as_it_is_filtered_now_is_downloaded(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    page.locator(".list-search input").fill("pilot")
    page.locator(".list-search input").press("Enter")
    page.wait_for_url("**q=pilot*")
    page.locator("[popovertarget=view-menu]").click()
    page.get_by_role("link", name="Export…").click()
    page.wait_for_selector("#export-form")
    page.locator("input[value=csv]").check()
    with page.expect_download() as download:
        page.locator(".dialog__foot .btn--primary").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 1 and all("pilot" in line.lower() for line in lines[1:])
    page.wait_for_selector("#dialog:not([open])", state="attached")
    assert "The file is on its way" in page.locator("#toasts").inner_text()


@pytest.mark.parametrize("look", LOOKS)
def test_the_dialog_has_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open(LIST, **LOOKS[look])  # type: ignore[arg-type]
    page.locator("[popovertarget=view-menu]").click()
    page.locator("#view-menu a[href*='/export']").click()
    page.wait_for_selector("#export-form")
    assert violations(page, "#dialog") == []
