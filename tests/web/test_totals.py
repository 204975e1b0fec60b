"""What stands below the columns of a list, and how it follows a cell that is edited there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.web import list_count
from tests.browsing.browser import Browser, Page
from tests.product import Product, found, running
from tests.web.test_list_groups import BLUEPRINT

ALL = "/e/job/v/all"


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("totals")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield product


def feet(page: Page) -> list[str]:
    return [text for text in page.tree.one("tfoot").texts("td")[1:] if text]


def save_hours(browser: Browser, row: str, hours: str, path: str) -> Page:
    token = browser.open(ALL).tree.one("meta", name="csrf-token")["content"]
    data = {"_csrf": token, "value": hours, "place": "cell"}
    where = f"http://crm.example.com{path}"
    return browser.send(f"/e/job/{row}/cell/hours", data, hx_request="true", hx_current_url=where)


def test_totals_of_every_kind_stand_below_their_columns_and_follow_an_edited_cell(views: Product) -> None:
    dana = views.enter("dana")
    page = dana.open(ALL)
    assert feet(page) == ["Filled 5", "Earliest 2 Feb", "Average 3.45", "Largest \u20ac200.20"]
    row = next(row["data-id"] for row in page.tree.all("tr") if row["data-id"])
    saved = save_hours(dana, row, "11.25", ALL)
    assert "Average <b>5.45</b>" in saved.html and [name for name in HEADS if f"#total-{name}" not in saved.html] == []
    filtered = save_hours(dana, row, "1.25", f"{ALL}?f=name:is:Alder")
    assert "Average <b>1.25</b>" in filtered.html
    dana.open("/language/zh-CN")
    assert feet(dana.open(f"{ALL}?f=name:is:Dogwood")) == ["\u5df2\u586b 0", "\u5e73\u5747 2.00"]


HEADS = ("kind", "due", "hours", "price")


@pytest.mark.parametrize("path", ["/e/unit/v/all", "/e/job/v/nothing", "/e/job/v/board", "/tasks", "/e/job/v/all/x"])
def test_a_cell_saved_elsewhere_brings_no_totals(views: Product, path: str) -> None:
    dana = views.enter("dana")
    row = next(row["data-id"] for row in dana.open(ALL).tree.all("tr") if row["data-id"])
    saved = save_hours(dana, row, "3", path)
    assert saved.status == 200 and "#total-" not in saved.html


def test_a_long_list_is_counted_and_added_up_when_that_is_asked_for(
    views: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_count, "MOST", 3)
    dana = views.enter("dana")
    page = dana.open(f"{ALL}?sort=name")
    assert page.tree.one("tfoot").texts("td")[0] == "More than 3 records" and feet(page) == []
    assert page.tree.one("div", "pager").text == "6 of more than 3 Count all" and page.named("list")["data-more"] == "+"
    row = next(row["data-id"] for row in page.tree.all("tr") if row["data-id"])
    assert "More than 3 records" in save_hours(dana, row, "1.25", ALL).html
    whole = page.follow("Count all")
    assert whole.path == f"{ALL}?sort=name&count=all" and "Count all" not in whole.words
    assert whole.tree.one("tfoot").texts("td")[0] == "6 records" and len(feet(whole)) == 4
    assert "6 records" in save_hours(dana, row, "1.25", whole.path).html
    few = dana.open(f"{ALL}?f=name:is:Alder")
    assert few.tree.one("tfoot").texts("td")[0] == "1 record" and len(feet(few)) == 4
    assert "More than 3 jobs exist outside them." in dana.open(f"{ALL}?f=name:is:Nothing").words
