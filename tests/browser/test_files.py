"""Files with script: dropped, pasted, signed by hand, taken away and put back; axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visitor, served, settled
from tests.browser.test_accessibility import LOOKS, violations

EVERY_TYPE = Path(__file__).parent.parent / "blueprints" / "every_type"
MEI = "mei@example.org"
GIVE = """([selector, kind, names]) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File(["%PDF-1.7 " + name], name, { type: "application/pdf" }));
    const place = document.querySelector(selector);
    const how = { bubbles: true, cancelable: true };
    place.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", { clipboardData: data, ...how })
        : new DragEvent("drop", { dataTransfer: data, ...how }));
}"""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("filed"), EVERY_TYPE, "Workshop") as site:
        yield site


@pytest.fixture
def maker(workshop: Site, browser: Browser) -> Iterator[Visitor]:
    yield Visitor(workshop, browser)
    for context in browser.contexts:
        context.close()


def signed(page: Page) -> None:
    """Draws two strokes."""
    box = page.locator("[data-pad] canvas").bounding_box()
    assert box
    for start in (40, 120):
        page.mouse.move(box["x"] + start, box["y"] + 60)
        page.mouse.down()
        page.mouse.move(box["x"] + start + 50, box["y"] + 100, steps=5)
        page.mouse.up()


def lamp(page: Page) -> None:
    page.get_by_role("link", name="Lamp", exact=True).click()
    page.wait_for_selector("#files-papers")
    settled(page)


def test_files_are_dropped_and_pasted_on_a_record_and_one_is_taken_away_and_put_back(maker: Visitor) -> None:
    page = maker.open("/e/thing", email=MEI)
    lamp(page)
    page.evaluate(GIVE, ["#files-papers [data-drop]", "drop", ["one.pdf", "two.pdf"]])
    names = page.locator("#files-papers .file__name")
    expect(names).to_have_text(["one.pdf", "two.pdf"])
    page.locator("#f-papers").focus()
    page.evaluate(GIVE, ["#f-papers", "paste", ["three.pdf"]])
    expect(names).to_have_text(["one.pdf", "two.pdf", "three.pdf"])
    settled(page)
    page.get_by_role("button", name="Remove two.pdf").click()
    expect(names).to_have_text(["one.pdf", "three.pdf"])
    settled(page)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(names).to_have_text(["one.pdf", "three.pdf", "two.pdf"])


def test_a_form_waits_for_its_files_and_a_drawn_signature(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI)
    page.locator("[name=name]").fill("Shelf")
    page.locator("input[name=rating][value='3']").check(force=True)
    page.locator("[data-pad] canvas").scroll_into_view_if_needed()
    signed(page)
    page.get_by_role("button", name="Undo the last stroke").click()
    expect(page.get_by_role("button", name="Clear the signature")).to_be_enabled()
    page.evaluate(GIVE, ["[data-filefield=papers] [data-drop]", "drop", ["offer.pdf"]])
    page.get_by_role("button", name="Create Thing").first.click()
    expect(page.locator("#files-papers .file__name")).to_have_text(["offer.pdf"])
    expect(page.locator("#files-signed img")).to_have_js_property("naturalHeight", 128)
    expect(page.locator("#files-signed time")).to_contain_text("Signed by Mei Lin")


def test_a_record_is_signed_in_place(maker: Visitor) -> None:
    page = maker.open("/e/thing", email=MEI)
    lamp(page)
    page.locator("[data-pad] canvas").scroll_into_view_if_needed()
    signed(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("#files-signed img")).to_be_visible()
    expect(page.locator("[data-pad]")).to_have_count(0)


@pytest.mark.parametrize("look", ["desktop", "phone dark"])
def test_a_record_with_files_has_no_accessibility_fault(maker: Visitor, look: str) -> None:
    page = maker.open("/e/thing", email=MEI, **LOOKS[look])  # type: ignore[arg-type]
    lamp(page)
    page.evaluate(GIVE, ["#files-contract [data-drop]", "drop", ["one.pdf"]])
    expect(page.locator("#files-contract .file__name")).to_have_text(["one.pdf"])
    assert violations(page) == []
