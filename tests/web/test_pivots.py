"""Pivots: counts, exact sums, averages, empty groups, totals, and the lists behind the numbers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Page
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "many_views"


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("many_views")
    found(folder, str(BLUEPRINT))
    with running(shutil.copytree(folder, folder.parent / "copy")) as product:
        yield product


def table(page: Page) -> list[list[str]]:
    """The rows of the table with their heads, the totals last."""
    pivot = page.tree.one("table", "pivot__t")
    body = [*pivot.one("tbody").all("tr"), *pivot.one("tfoot").all("tr")]
    return [[cell.text for cell in row.children if not isinstance(cell, str)] for row in body]


def test_a_pivot_counts_and_adds_up_by_row_and_column(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/hours")
    assert table(page) == [
        ["To do", "2", "3.25", "1", "8.00", "1", "2.00", "4", "13.25"],
        ["Doing", "", "", "1", "0.00", "", "", "1", "0.00"],
        ["Done", "1", "4.00", "", "", "", "", "1", "4.00"],
        ["Total", "3", "7.25", "2", "8.00", "1", "2.00", "6", "17.25"],
    ]
    assert page.texts("th", scope="colgroup") == ["Red", "Green", "(none)", "Total"]


def test_two_fields_down_the_side_share_the_first_and_averages_leave_out_what_is_empty(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/prices")
    assert table(page) == [
        ["North", "Q1 2026", "€150.10", "€75.05"],
        ["(none)", "€0", ""],
        ["South", "Q1 2026", "€270.20", "€135.10"],
        ["(none)", "Q1 2026", "€10", "€10"],
        ["Total", "€430.30", "€86.06"],
    ]


def test_what_one_may_not_see_is_one_group_without_a_name_or_a_link(views: Product) -> None:
    page = views.enter("hal").open("/e/job/v/prices")
    assert [row[0] for row in table(page)] == ["South", "Not visible to you", "(none)", "(none)", "Total"]
    assert "North" not in page.html


@pytest.mark.parametrize("number", range(12))
def test_every_number_leads_to_as_many_records(views: Product, number: int) -> None:
    browser = views.enter("dana")
    links = browser.open("/e/job/v/hours?measure=count").tree.one("table", "pivot__t").all("a")
    link = links[number % len(links)]
    rows = [row for row in browser.open(link["href"]).tree.all("tr") if row["data-id"]]
    assert len(rows) == int(link.text)


def test_rows_columns_and_numbers_are_chosen_in_the_address(views: Product) -> None:
    page = views.enter("dana").open(
        "/e/job/v/hours?rows=kind&rows=&across=due.year&measure=avg.hours&f=hours:at_least:2"
    )
    assert page.texts("th", scope="col") == ["Kind"] and page.texts("th", scope="colgroup") == [
        "2026",
        "(none)",
        "Total",
    ]
    assert table(page)[-1] == ["Total", "4.67", "2.00", "4.00"]


def test_what_the_address_says_wrongly_is_left_out(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/hours?rows=nothing&across=hours&measure=sum.name&rows=owner.month")
    assert table(page)[0] == ["To do", "4", "13.25"]


def test_a_pivot_takes_one_statement(views: Product) -> None:
    browser = views.enter("dana")
    with views.services.database.count_statements() as statements:
        browser.open("/e/job/v/prices")
    assert len([s for s in statements if "group0__" in str(s)]) == 1
