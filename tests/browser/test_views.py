"""What calendars and trees do with a pointer and with keys."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

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


def drag(page: Page, source: Locator, target: Locator) -> None:
    """With the mouse, in steps, as a hand does."""
    source.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 12, steps=8)
    page.mouse.move(box["x"] + 42, box["y"] + box["height"] - 14, steps=3)
    page.mouse.up()


def test_a_card_is_dragged_to_the_row_of_somebody_else(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/by_owner")
    rows = page.locator("[data-stage=negotiation][data-row]")
    source = rows.filter(has=page.locator(".kcard")).first
    row = source.get_attribute("data-row")
    target = page.locator(f"[data-stage=negotiation][data-row]:not([data-row='{row}'])").first
    other = target.get_attribute("data-row")
    page.evaluate("document.querySelector('.board').style.zoom = 0.4")
    name = source.locator(".kcard").first.get_attribute("id")
    with page.expect_response("**/stage"):
        drag(page, source.locator(".kcard__t").first, target)
    expect(target.locator(f"#{name}")).to_be_visible()
    page.reload()
    expect(page.locator(f"[data-stage=negotiation][data-row='{other}'] #{name}")).to_be_visible()


def test_a_row_of_a_tree_is_dragged_below_another(visitor: Visitor) -> None:
    page = visitor.open("/e/account/v/groups")
    rows = page.locator(".tree__row[aria-level='1']:not([aria-expanded])")
    moved, above = rows.nth(0).get_attribute("data-id"), rows.nth(2).get_attribute("data-id")
    with page.expect_response("**/parent"):
        rows.nth(0).locator(".tree__t").drag_to(rows.nth(2).locator(".tree__t"))
    parent = page.locator(f"#tree-{above}")
    expect(parent).to_have_attribute("aria-expanded", "false")
    parent.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#tree-{above} + #tree-{moved}")).to_have_attribute("aria-level", "2")


def test_a_number_of_a_pivot_opens_its_records(visitor: Visitor) -> None:
    page = visitor.open("/e/opportunity/v/pivot")
    first = page.locator(".pivot tbody td a").first
    first.click()
    page.wait_for_url("**/e/opportunity/v/**f=**")
    expect(page.locator("#list tbody tr").first).to_be_visible()
    assert page.locator(".fchip").count() >= 2
