"""Long names, many columns, stages and choices, nothing at all: every page keeps its shape on every device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, Visitor, served
from tests.browser.looks import in_both_themes

BLUEPRINT = Path(__file__).parents[1] / "blueprints" / "extremes"
VIEWS = ("all", "board", "lanes", "calendar", "gallery", "tree", "pivot", "few", "wide", "started", "large", "urgent")
KINDS = ("all", "board", "calendar", "gallery", "tree", "pivot")
PAGES = [
    *(f"/e/matter/v/{view}" for view in VIEWS),
    *(f"/e/{entity}/v/{view}" for entity in ("single", "hollow") for view in KINDS),
    "/e/matter/v/started?span=week",
    "/e/matter/v/calendar?span=agenda",
    "/e/matter/new",
    "/search?q=matter",
    "/inbox",
    "/tasks",
]
OF_A_RECORD = ("", "/edit", "?print=1")
MAIN = ("/e/matter/v/all", "/e/matter/v/board", "/e/matter/new", "/e/matter/{id}")

SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
BEYOND_THE_EDGE = """() => {
  const own = (element) => getComputedStyle(element).overflowX !== "visible";
  const scrolls = (element) => element && (own(element) || scrolls(element.parentElement));
  const beyond = (box) => box.width && box.height && (box.right > screen.width + 1 || box.left < -1);
  return [...document.querySelectorAll("body *")]
    .filter((element) => beyond(element.getBoundingClientRect()) && !element.closest(".vh, .skip"))
    .filter((element) => getComputedStyle(element).visibility !== "hidden" && !scrolls(element.parentElement))
    .map((element) => element.outerHTML.slice(0, 120));
}"""

NARROW = """() => [...document.querySelectorAll("tbody .rowlink > span:last-child")]
  .filter((title) => title.getBoundingClientRect().width < Math.min(title.scrollWidth, screen.width * 0.35))
  .map((title) => title.textContent)"""
CUT_BARE = """() => [...document.querySelectorAll("tbody .cell, tbody .cell *")]
  .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth && !element.closest(".vh"))
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => { const look = getComputedStyle(element);
    return look.textOverflow !== "ellipsis" || look.display.includes("flex"); })
  .map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("extremes"), BLUEPRINT, "Extremes") as site:
        yield site


@pytest.fixture
def guest(extremes: Site, browser: Browser) -> Iterator[Visitor]:
    yield Visitor(extremes, browser)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def longest(extremes: Site) -> int:
    """The id of the matter whose every field, table and list is full."""
    assert extremes.services.workspace is not None
    table = extremes.services.workspace.store.model.table("matter")
    with extremes.services.database.read() as connection:
        return int(connection.execute(table.select().where(table.c.name.like("Renewal%"))).one().id)


def faults(page: Page, width: int) -> dict[str, Any]:
    """What of the page is wider than the screen; nothing when all is well."""
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    found = {"page is wide": wide if wide > width else 0, "beyond": page.evaluate(BEYOND_THE_EDGE)}
    return {fault: what for fault, what in found.items() if what}


@pytest.mark.parametrize(("width", "language"), [(1440, "zh-CN"), (390, "en-GB"), (320, "zh-CN")])
def test_no_page_is_wider_than_its_screen_or_says_anything_to_the_console(
    guest: Visitor, longest: int, width: int, language: str
) -> None:
    page = guest.open("/login", phone=width < 1440, language=language)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": 844})
    found = {}
    for path in (*PAGES, *(f"/e/matter/{longest}{part}" for part in OF_A_RECORD)):
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        found[path] = faults(page, width)
    assert {path: fault for path, fault in found.items() if fault} == {}
    assert [text for text in said if "Service Worker" not in text] == []


@pytest.mark.parametrize(("path", "phone"), [*((path, False) for path in MAIN), (MAIN[0], True), (MAIN[3], True)])
def test_nothing_moves_while_a_page_loads(guest: Visitor, longest: int, path: str, phone: bool) -> None:
    page = guest.open("/login", phone=phone)
    page.add_init_script(SHIFTS)
    page.goto(path.format(id=longest), wait_until="networkidle")
    assert page.evaluate("window.shifted") < 0.1


def test_every_card_on_a_phone_has_room_for_its_title_and_ends_what_is_cut_in_dots(guest: Visitor) -> None:
    page = guest.open("/e/matter/v/few", phone=True)
    for path in ("/e/matter/v/few", "/e/matter/v/all"):
        page.goto(path)
        assert page.evaluate(NARROW) == [], path
        assert page.evaluate(CUT_BARE) == [], path


@pytest.mark.parametrize("path", MAIN)
def test_axe_finds_nothing_among_extremes(guest: Visitor, longest: int, path: str) -> None:
    page = guest.open(path.format(id=longest))
    assert in_both_themes(page) == {"light": [], "dark": []}
