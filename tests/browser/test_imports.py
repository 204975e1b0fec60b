"""An import in a real browser: the chosen file is sent at once, choices show what follows, axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import LOOKS, violations

FILE: FilePayload = {
    "name": "people.csv",
    "mimeType": "text/csv",
    "buffer": b"Name,E-mail,Account,Size\nAda,ada@moss.example,Winterreach Growers,41\nBo,bo,Nowhere,42\n",
}


def uploaded(visitor: Visitor, look: str) -> Page:
    page = visitor.open("/e/contact/import", **LOOKS[look])  # type: ignore[arg-type]
    page.set_input_files("#file", files=[FILE])
    page.wait_for_url("**/imports/*")
    return page


@pytest.mark.parametrize("look", LOOKS)
def test_no_step_of_an_import_has_an_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open("/e/contact/import", **LOOKS[look])  # type: ignore[arg-type]
    assert violations(page) == []
    page = uploaded(visitor, look)
    page.locator(".map__more summary").first.click()
    assert violations(page) == []
    page.locator('button[value="check"]').click()
    page.wait_for_url("**/check")
    assert violations(page) == []
    page.locator(".import__foot .btn--primary").click()
    page.wait_for_url("**/run")
    assert violations(page) == []
    page.goto("/imports")
    assert violations(page) == []


@pytest.mark.parametrize("look", ["desktop", "phone"])
def test_a_choice_shows_at_once_what_follows_and_is_kept(visitor: Visitor, look: str) -> None:
    page = uploaded(visitor, look)
    expect(page.locator("#chip-3")).to_have_text("Choose a field")
    expect(page.get_by_role("combobox", name="Where Size goes")).to_have_attribute("placeholder", "Choose a field")
    page.get_by_role("combobox", name="Where Size goes").click()
    page.get_by_role("option", name="Notes", exact=True).click()
    expect(page.locator("#chip-3")).to_have_text("Chosen")
    expect(page.locator("#map-preview th").last).to_have_text("Notes")
    page.reload()
    expect(page.locator("#chip-3")).to_have_text("Chosen")


def test_a_file_goes_all_the_way_with_a_cell_mended_and_is_taken_back(visitor: Visitor) -> None:
    page = uploaded(visitor, "desktop")
    page.locator('button[value="check"]').click()
    page.wait_for_url("**/check")
    expect(page.locator(".is-bad dd")).to_have_text("1")
    page.get_by_role("link", name="E-mail in row 3").click()
    cell = page.get_by_role("textbox", name="E-mail in row 3")
    expect(cell).to_be_focused()
    cell.fill("bo at li")
    cell.press("Enter")
    expect(page.get_by_role("link", name="E-mail in row 3")).to_contain_text("bo at li")
    page.get_by_role("link", name="E-mail in row 3").click()
    cell.press("Escape")
    expect(cell).to_have_count(0)
    page.get_by_role("link", name="E-mail in row 3").click()
    cell.fill("bo@way.example")
    cell.press("Enter")
    mended = page.get_by_role("link", name="Account in row 3")
    expect(mended).to_be_focused()
    assert violations(page) == []
    mended.press("Enter")
    page.get_by_role("textbox", name="Account in row 3").fill("Winterreach Growers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 rows are ready")).to_be_focused()
    expect(page.locator(".mended summary")).to_have_text("2 cells mended")
    page.get_by_role("button", name="Import 2 rows").click()
    page.wait_for_url("**/run")
    expect(page.get_by_role("heading", name="2 rows imported")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="The import was taken back")).to_be_visible()
