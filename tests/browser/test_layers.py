"""axe finds nothing in what opens over a page: menus, panels, sheets and dialogs, in every look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import LOOKS, violations

CHANGED = "/e/opportunity/v/all?sort=name&f=stage:any_of:demo|proposal"
OF_A_LIST = {
    "#filter": ".filter-btn",
    "#groups": "[data-load=groups]",
    "#columns": ".toolbar [data-load=columns]",
    "#sort": "[popovertarget=sort]",
    "#views-more": "[popovertarget=views-more]",
    "#view-menu": "[popovertarget=view-menu]",
    "#view-new": "[popovertarget=view-new]",
    "#more-menu": "[popovertarget=more-menu]",
    "#help": "[data-dialog='#help']",
}
OF_A_RECORD = {
    "#record-menu": "[popovertarget=record-menu]",
    "#people": "#composer [data-at]",
    "#dialog": ".path-form > .btn",
    "#stage-menu": "[popovertarget=stage-menu]",
}


def opened(page: Page, layers: dict[str, str]) -> dict[str, list[str]]:
    """What axe finds in each layer this look has, opened by what opens it and closed with Esc."""
    found = {}
    for layer, opener in layers.items():
        button = page.locator(opener).first
        if not button.is_visible():
            continue
        button.click()
        page.wait_for_selector(f"{layer}:is(:popover-open, [open])")
        found[layer] = violations(page, layer)
        page.keyboard.press("Escape")
        page.wait_for_selector(f"{layer}:is(:popover-open, [open])", state="detached")
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_what_opens_over_a_list_has_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open(CHANGED, **LOOKS[look])  # type: ignore[arg-type]
    found = opened(page, OF_A_LIST)
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-list [role=option]")
    found["palette"] = violations(page, ".palette")
    page.keyboard.press("Escape")
    if "phone" in look:
        page.locator(".views__menu").click()
        page.locator("#view-menu [data-load=columns]").click()
        page.wait_for_selector("#columns:popover-open .switch")
        found["columns on a phone"] = violations(page, "#columns")
    else:
        page.locator("tbody .rowlink").first.focus()
        page.keyboard.press(" ")
        page.wait_for_selector("#peek .peek__bar")
        found["#peek"] = violations(page, "#peek")
    assert {layer: faults for layer, faults in found.items() if faults} == {}


@pytest.mark.parametrize("look", LOOKS)
def test_what_opens_over_a_record_has_no_accessibility_fault(
    visitor: Visitor, opportunity: Callable[[str], int], look: str
) -> None:
    page = visitor.open(f"/e/opportunity/{opportunity('proposal')}", **LOOKS[look])  # type: ignore[arg-type]
    page.wait_for_selector("#composer")
    found = opened(page, OF_A_RECORD)
    assert len(found) == 3
    assert {layer: faults for layer, faults in found.items() if faults} == {}
