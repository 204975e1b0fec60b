"""What calendars and trees do with a pointer and with keys."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

CLOSING = "/e/opportunity/v/closing"


def first_event(page: Page) -> tuple[str, str]:
    """The id of the first event of the month and the day it is on."""
    event = page.locator(".cal__slots [data-event]").first
    return event.get_attribute("data-event") or "", event.get_attribute("data-start") or ""


def other_day(page: Page, day: str) -> str:
    days = [cell.get_attribute("data-day") or "" for cell in page.locator(".cal__day").all()]
    return days[days.index(day) + 1] if day != days[-1] else days[-2]


def test_an_event_is_dragged_to_another_day_and_back_with_undo(visitor: Visitor) -> None:
    page = visitor.open(CLOSING)
    event, day = first_event(page)
    target = other_day(page, day)
    page.locator(f"[data-event='{event}']").first.drag_to(page.locator(f".cal__day[data-day='{target}'] .cal__head"))
    expect(page.locator(f".cal__day[data-day='{target}'] [data-event='{event}']")).to_have_attribute(
        "data-start", target
    )
    page.locator(".toast button", has_text="Undo").click()
    expect(page.locator(f".cal__day[data-day='{day}'] [data-event='{event}']")).to_have_attribute("data-start", day)


def test_an_event_is_carried_with_keys_and_told_aloud(visitor: Visitor) -> None:
    page = visitor.open(CLOSING)
    event, day = first_event(page)
    target = other_day(page, day)
    page.locator(f".cal__slots [data-event='{event}'] .ev__a").focus()
    page.keyboard.press("Space")
    expect(page.locator("#calendar-status")).to_contain_text("picked up on")
    page.keyboard.press("ArrowRight" if target > day else "ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator("#calendar-status")).to_contain_text("was put back on")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight" if target > day else "ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(f".cal__day[data-day='{target}'] [data-event='{event}']")).to_have_attribute(
        "data-start", target
    )


def test_an_event_is_sent_to_a_day_from_its_menu(visitor: Visitor) -> None:
    page = visitor.open(CLOSING)
    event, day = first_event(page)
    target = other_day(page, day)
    page.locator(f".cal__slots [data-event='{event}'] [data-event-menu]").focus()
    page.keyboard.press("Enter")
    page.fill("#event-menu input[name=day]", target)
    page.locator("#event-menu form button").click()
    expect(page.locator(f".cal__day[data-day='{target}'] [data-event='{event}']")).to_have_attribute(
        "data-start", target
    )


def test_a_tree_is_opened_and_closed_with_arrow_keys(visitor: Visitor) -> None:
    page = visitor.open("/e/account/v/groups")
    row = page.locator(".tree__row[aria-expanded=false]").first
    identity = row.get_attribute("id")
    row.focus()
    page.keyboard.press("ArrowRight")
    opened = page.locator(f"#{identity} + .tree__row")
    expect(opened).to_have_attribute("aria-level", "2")
    page.keyboard.press("ArrowDown")
    expect(opened).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"#{identity}")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"#{identity}")).to_have_attribute("aria-expanded", "false")


def test_a_tree_refuses_a_ring_and_moves_a_row_below_another(visitor: Visitor) -> None:
    page = visitor.open("/e/account/v/groups")
    row = page.locator(".tree__row[aria-expanded=false]").first
    identity = row.get_attribute("id")
    row.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#{identity} + .tree__row")).to_have_attribute("aria-level", "2")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("cannot stand below itself")
