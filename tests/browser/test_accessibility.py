"""axe finds nothing on any page, on desktop and phone, in both themes and languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, Visitor
from tests.browser.looks import LOOKS, at_both_widths, violations

__all__ = ["LOOKS", "violations"]

PAGES = {
    "home": "/",
    "bin": "/bin",
    "list": "/e/opportunity",
    "nothing found": "/e/opportunity?f=name:contains:zzzz",
    "filtered": "/e/opportunity/v/all?f=stage:any_of:demo|proposal&f=amount:at_least:5000",
    "accounts": "/e/account",
    "board": "/e/opportunity/v/board",
    "rows of a board": "/e/opportunity/v/by_owner",
    "month": "/e/opportunity/v/closing",
    "week": "/e/activity/v/calendar?span=week",
    "agenda": "/e/opportunity/v/closing?span=agenda",
    "pivot": "/e/opportunity/v/pivot",
    "tree": "/e/account/v/groups",
    "gallery": "/e/product/v/gallery",
    "form": "/e/opportunity/new",
    "search": "/search?q=north",
    "duplicates": "/e/account/duplicates",
    "import": "/e/contact/import",
    "imports": "/imports",
    "export": "/e/contact/export?from=/e/contact",
    "operations": "/operations",
    "inbox": "/inbox",
    "tasks": "/tasks?who=team",
    "profile": "/profile",
    "api tokens": "/profile/tokens",
    "api guide": "/api/docs",
    "api of an entity": "/api/docs/opportunity",
    "users": "/users",
    "teams": "/teams",
    "audit": "/audit",
    "missing": "/nowhere",
}


@pytest.fixture(scope="module")
def eyes(site: Site, browser: Browser) -> Iterator[list[tuple[Page, bool]]]:
    """A page in each language, and whether it is a phone at first; the pages of the tests are opened in them."""
    visitor = Visitor(site, browser)
    yield [(visitor.open("/profile", language=language), language != "en-GB") for language in ("en-GB", "zh-CN")]
    for context in browser.contexts:
        context.close()


def faults(eyes: list[tuple[Page, bool]], path: str) -> list[dict[str, list[str]]]:
    return [at_both_widths(page, path, phone) for page, phone in eyes]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_fault(eyes: list[tuple[Page, bool]], name: str) -> None:
    assert faults(eyes, PAGES[name]) == [{}, {}]


def test_a_record_has_no_accessibility_fault(eyes: list[tuple[Page, bool]], opportunity: Callable[[str], int]) -> None:
    assert faults(eyes, f"/e/opportunity/{opportunity('proposal')}") == [{}, {}]
    assert [page.locator("#timeline .tl__i").count() > 0 for page, _ in eyes] == [True, True]


def test_the_login_has_no_accessibility_fault(eyes: list[tuple[Page, bool]]) -> None:
    for page, _ in eyes:
        page.context.clear_cookies()
    assert faults(eyes, "/login") == [{}, {}]
    assert faults(eyes, "/forgot") == [{}, {}]
