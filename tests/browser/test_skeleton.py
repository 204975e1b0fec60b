"""What waits longer than a moment shows bars of its shape; what does not, does not flicker."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

LIST = "/e/opportunity/v/all"
NOTED = """() => { window.busied = []; new MutationObserver((changes) => {
  for (const { target } of changes) if (target.ariaBusy === "true") window.busied.push(target.id);
}).observe(document.body, { attributes: true, attributeFilter: ["aria-busy"], subtree: true }); }"""

AT_ONCE = (
    """(body) => { window.fetch = async () => new Response(body, { headers: { "Content-Type": "text/html" } }); }"""
)


def slowed(page: Page, pattern: str) -> Callable[[], None]:
    """Hold the answers to these addresses back until the function given is called."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))

    def answer() -> None:
        for route in held:
            route.continue_()

    return answer


def ready(page: Page) -> None:
    page.wait_for_selector("link[href$='skeleton.css']", state="attached")
    page.evaluate(NOTED)


def test_a_list_that_waits_becomes_bars_under_its_heads(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    ready(page)
    answer = slowed(page, "**/e/opportunity/v/all?*sort*")
    page.locator("#list thead a.th").nth(1).click()
    expect(page.locator("#list")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#list tbody .rowlink").first).to_be_hidden()
    expect(page.locator("#list thead a.th").first).to_be_visible()
    answer()
    expect(page.locator("#list")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#list tbody .rowlink").first).to_be_visible()


def test_a_fast_answer_shows_no_bars(visitor: Visitor) -> None:
    page = visitor.open(LIST)
    ready(page)
    page.evaluate(AT_ONCE, page.request.get(LIST, params={"sort": "amount"}).text())
    page.locator("#list thead a.th").nth(1).click()
    page.wait_for_url("**sort*")
    assert page.evaluate("window.busied") == []


def test_a_timeline_that_waits_is_bars_at_first(visitor: Visitor, opportunity: Callable[[str], int]) -> None:
    page = visitor.open("/profile")
    answer = slowed(page, "**/activity")
    page.goto(f"/e/opportunity/{opportunity('proposal')}", wait_until="domcontentloaded")
    expect(page.locator("#activity .skels")).to_be_visible()
    answer()
    expect(page.locator("#timeline .tl__i").first).to_be_visible()
    expect(page.locator(".skels")).to_have_count(0)
