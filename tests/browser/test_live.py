"""Two people at once: what one writes the other hears of without loading the page again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import violations


def test_a_mention_is_picked_posted_heard_of_and_opened(visitor: Visitor, opportunity: Callable[[str], int]) -> None:
    record = f"/e/opportunity/{opportunity('proposal')}"
    henrik = visitor.open("/e/account", email="henrik@example.org")
    dana = visitor.open(record)
    dana.locator("#composer-body").wait_for()
    dana.keyboard.press("n")
    dana.keyboard.type("Can you look, @Hen")
    expect(dana.locator("#people .is-active")).to_have_text("HSHenrik Solberg")
    assert violations(dana) == []
    dana.keyboard.press("Enter")
    dana.reload()
    text = dana.locator("#composer-body")
    expect(text).to_have_value("Can you look, @Henrik Solberg ")
    text.press("Control+Enter")
    expect(dana.locator("#timeline .tl__card").first).to_have_text("Can you look, @Henrik Solberg")
    expect(text).to_have_value("")

    expect(henrik.locator(".side [data-unread]")).to_have_text("1")
    expect(henrik.locator(".toast")).to_contain_text("Dana Whitlock mentioned you in")
    henrik.goto("/inbox")
    assert violations(henrik) == []
    henrik.keyboard.press("j")
    henrik.keyboard.press("Enter")
    henrik.wait_for_url(f"**{record}#comment-*")
    expect(henrik.locator(".tl__i.is-target .tl__card")).to_have_text("Can you look, @Henrik Solberg")
    expect(henrik.locator(".side [data-unread]")).to_be_hidden()


def test_where_events_are_blocked_the_count_is_asked_for(visitor: Visitor, opportunity: Callable[[str], int]) -> None:
    page = visitor.open("/e/account", email="tom@example.org")
    page.route("**/events", lambda route: route.abort())
    with page.expect_response("**/inbox/count*"):
        page.reload()
