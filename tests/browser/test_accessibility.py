"""axe finds nothing on any page, on desktop and phone, in both themes and languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visitor

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
    "inbox": "/inbox",
    "tasks": "/tasks?who=team",
    "profile": "/profile",
    "api tokens": "/profile/tokens",
    "api guide": "/api/docs",
    "api of an entity": "/api/docs/opportunity",
    "users": "/users",
    "missing": "/nowhere",
}
LOOKS = {
    "desktop": {},
    "desktop dark": {"theme": "dark"},
    "phone": {"phone": True},
    "phone dark": {"phone": True, "theme": "dark"},
    "desktop zh": {"language": "zh-CN"},
    "phone zh": {"phone": True, "language": "zh-CN"},
}


def violations(page: Page, inside: str | None = None) -> list[str]:
    """What axe finds on the page, or inside one part of it; one line each."""
    found = Axe().run(page, context=inside).response["violations"]
    return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_fault(visitor: Visitor, name: str, look: str) -> None:
    page = visitor.open(PAGES[name], **LOOKS[look])  # type: ignore[arg-type]
    assert violations(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_record_has_no_accessibility_fault(visitor: Visitor, opportunity: Callable[[str], int], look: str) -> None:
    page = visitor.open(f"/e/opportunity/{opportunity('proposal')}", **LOOKS[look])  # type: ignore[arg-type]
    page.wait_for_selector("#timeline .tl__i")
    assert violations(page) == []


@pytest.mark.parametrize("look", ["desktop dark", "phone zh"])
def test_the_pages_about_many_records_have_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open("/operations", **LOOKS[look])  # type: ignore[arg-type]
    found = {"/operations": violations(page)}
    for path in ("/e/account/duplicates", "/e/contact/import", "/imports", "/e/contact/export?from=/e/contact"):
        page.goto(path, wait_until="networkidle")
        found[path] = violations(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("look", LOOKS)
def test_the_login_has_no_accessibility_fault(visitor: Visitor, look: str) -> None:
    page = visitor.open("/login", email=None, **LOOKS[look])  # type: ignore[arg-type]
    assert violations(page) == []
