"""Finding records: views, filters, sort, columns, pages and search of the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.browsing.browser import Page
from tests.product import Product
from tests.stories.demo import TODAY, Row, day, rows, stage

Holds = Callable[[Row], bool]
OPEN = ("qualification", "demo", "proposal", "negotiation", "ready_to_close")


def total(page: Page) -> int:
    """How many records the list says it has."""
    return int(page.tree.one("tfoot").all("td")[0].text.split()[0].replace(",", ""))


def names(page: Page) -> list[str]:
    return [row.one("th").one("a").all("span")[-1].text for row in page.tree.all("tr") if row["data-id"]]


def closes(row: Row, first: date, last: date) -> bool:
    return bool(row["close_date"]) and first <= day(row["close_date"]) <= last


FILTERS: list[tuple[str, str, Holds]] = [
    ("account", "name:contains:RAIL", lambda r: "rail" in r["name"].lower()),
    ("account", "name:starts_with:winter", lambda r: r["name"].lower().startswith("winter")),
    ("account", "domain:is:winterreach.example.com", lambda r: r["domain"] == "winterreach.example.com"),
    ("account", "domain:is_not:winterreach.example.com", lambda r: r["domain"] != "winterreach.example.com"),
    ("account", "tier:any_of:a|b", lambda r: r["tier"] in ("a", "b")),
    ("account", "tier:none_of:a|b", lambda r: r["tier"] not in ("a", "b")),
    ("account", "parent:empty", lambda r: not r["parent"]),
    ("account", "parent:not_empty", lambda r: bool(r["parent"])),
    ("account", "annual_revenue:at_least:100000000", lambda r: Decimal(r["annual_revenue"] or 0) >= 100_000_000),
    ("account", "employees:at_most:20", lambda r: bool(r["employees"]) and int(r["employees"]) <= 20),
    (
        "account",
        "annual_revenue:between:1000000|3000000",
        lambda r: 1_000_000 <= Decimal(r["annual_revenue"] or 0) <= 3_000_000,
    ),
    ("opportunity", "close_date:before:2026-01-01", lambda r: closes(r, date.min, date(2025, 12, 31))),
    ("opportunity", "close_date:after:2026-03-31", lambda r: closes(r, date(2026, 4, 1), date.max)),
    ("opportunity", "close_date:within_next:10", lambda r: closes(r, TODAY, TODAY + timedelta(days=10))),
    ("opportunity", "close_date:within_last:30", lambda r: closes(r, TODAY - timedelta(days=30), TODAY)),
    ("opportunity", "close_date:this_week", lambda r: closes(r, date(2026, 3, 2), date(2026, 3, 8))),
    ("opportunity", "close_date:this_month", lambda r: closes(r, date(2026, 3, 1), date(2026, 3, 31))),
    ("opportunity", "close_date:this_quarter", lambda r: closes(r, date(2026, 1, 1), date(2026, 3, 31))),
    ("opportunity", "close_date:overdue", lambda r: closes(r, date.min, TODAY - timedelta(days=1))),
    ("opportunity", "stage:any_of:demo|proposal", lambda r: stage(r) in ("demo", "proposal")),
    ("opportunity", "budget:is_true", lambda r: r["budget"] == "true"),
    ("opportunity", "budget:is_false", lambda r: r["budget"] != "true"),
]


@pytest.mark.parametrize(("entity", "condition", "holds"), FILTERS, ids=[f"{e}-{c}" for e, c, _ in FILTERS])
def test_a_filter_leaves_the_records_it_describes(crm: Product, entity: str, condition: str, holds: Holds) -> None:
    page = crm.enter("henrik").open(f"/e/{entity}/v/all?f={condition}")
    assert (page.status, total(page)) == (200, sum(holds(row) for row in rows(entity)))
    assert len(page.tree.all(kind="fchip")) == 1


def test_tabs_count_what_their_views_show(crm: Product) -> None:
    sales = crm.enter("mei")
    tabs = sales.open("/e/opportunity").tree.all("a", "tab")
    counts = {tab["href"]: tab.all(kind="count")[0].text for tab in tabs if tab.all(kind="count")}
    assert list(counts) == [f"/e/opportunity/v/{name}" for name in ("open", "mine", "closing_soon", "overdue", "won")]
    for url, count in counts.items():
        assert total(sales.open(url)) == int(count)
    mine = [row for row in rows("opportunity") if row["owner"] == "mei" and stage(row) in OPEN]
    assert int(counts["/e/opportunity/v/mine"]) == len(mine)


def test_sales_see_the_opportunities_of_their_team_and_managers_all(crm: Product) -> None:
    seen = [total(crm.enter(person).open("/e/opportunity/v/all")) for person in ("mei", "henrik")]
    east = [row for row in rows("opportunity") if row["owner"] in ("mei", "tom")]
    assert seen == [len(east), len(rows("opportunity"))]


def test_the_filter_panel_adds_a_chip_that_its_cross_takes_away(crm: Product) -> None:
    page = crm.enter("mei").open("/e/account").follow("Filter", inside="filter").follow("Tier", inside="filter")
    assert page.named("filter-row-0").texts("label")[:2] == ["A – key account", "B – growing"]
    page = page.submit("/e/account", {"fv0": "a"})
    assert page.path == "/e/account?f=tier%3Aany_of%3Aa" and page.texts(kind="fchip") == [
        "Tier is any of A – key account"
    ]
    page = page.follow("Remove filter Tier")
    assert (page.path, page.texts(kind="fchip"), total(page)) == ("/e/account", [], 200)


def test_a_filter_on_a_link_shows_its_title(crm: Product) -> None:
    sales = crm.enter("mei")
    account = crm.ids("account", "name:starts_with:Winterreach")[0]
    page = sales.open(f"/e/contact/v/all?f=account:any_of:{account}")
    assert page.texts(kind="fchip") == ["Account is any of Winterreach Growers"]
    assert "Leif Kowalczyk" in names(page)


def test_what_a_filter_cannot_mean_is_said_and_left_out(crm: Product) -> None:
    page = crm.enter("mei").open("/e/account?f=tier:any_of:z&f=colour:is:red&sort=notes,-lines&cols=name,nothing")
    assert page.texts("p", "note") == [
        'The filter on Tier with "z" was left out. This is not one of the choices.',
        'There is no field "colour" here, so it was left out.',
        "A list cannot be sorted by Notes, so it was left out.",
        'There is no field "lines" here, so it was left out.',
        'There is no field "nothing" here, so it was left out.',
    ]
    assert (page.status, total(page)) == (200, 200)


def test_nothing_found_says_how_many_are_outside_and_how_to_clear(crm: Product) -> None:
    page = crm.enter("mei").open("/e/account?f=name:contains:zzz&q=y")
    assert "No accounts match this view" in page.words and "200 accounts exist outside" in page.words
    assert total(page.follow("Clear filters")) == 200


def test_a_head_sorts_figures_from_the_largest_and_turns_round(crm: Product) -> None:
    page = crm.enter("henrik").open("/e/account").follow("Annual revenue", inside="thead")
    revenue = sorted((Decimal(r["annual_revenue"]), r["name"]) for r in rows("account") if r["annual_revenue"])
    assert page.path.endswith("sort=-annual_revenue") and names(page)[0] == revenue[-1][1]
    assert page.tree.one("th", aria_sort="descending").text == "Annual revenue"
    page = page.follow("Annual revenue", inside="thead")
    assert page.path.endswith("sort=annual_revenue") and names(page)[0] == revenue[0][1]


def test_pages_lead_through_the_whole_list_and_back(crm: Product) -> None:
    page = crm.enter("mei").open("/e/account?sort=name")
    pages = [names(page)]
    while page.tree.all("a", rel="next"):
        page = page.follow("Next page")
        pages.append(names(page))
    assert [len(names) for names in pages] == [50, 50, 50, 50]
    assert sorted(name for names in pages for name in names) == sorted(row["name"] for row in rows("account"))
    for expected in reversed(pages[:-1]):
        page = page.follow("Previous page")
        assert names(page) == expected
    assert not page.tree.all("a", rel="prev")


def test_columns_are_chosen_and_the_title_stays_first(crm: Product) -> None:
    page = crm.enter("mei").open("/e/account")
    assert page.named("columns").text == ""
    menu = page.follow("Columns").named("columns")
    assert [box["name"] for box in menu.all("input", type="checkbox")].count("cols") > 10
    page = page.browser.open("/e/account?cols=name&cols=employees&cols=website&f=tier%3Aany_of%3Aa")
    assert [head.text for head in page.tree.one("thead").all("th")[1:]] == ["Name", "Employees", "Website"]
    assert [head["href"] for head in page.tree.one("thead").all("a", "th")][1].count("cols=") == 3


def test_the_search_finds_parts_of_titles_in_every_script(crm: Product) -> None:
    sales = crm.enter("mei")
    for typed in ("rail", "冷链"):
        page = sales.open(f"/e/account?q={typed}")
        assert names(page) and sorted(names(page)) == sorted(
            row["name"] for row in rows("account") if typed in row["name"].lower()
        )


def test_sums_below_a_list_are_those_of_all_its_records(crm: Product) -> None:
    page = crm.enter("henrik").open("/e/opportunity/v/won")
    won = sum(Decimal(row["amount"]) for row in rows("opportunity") if stage(row) == "won")
    assert page.named("total-amount").text.replace(",", "") == f"Sum ${won.normalize():f}"


def test_htmx_gets_the_list_alone(crm: Product) -> None:
    page = crm.enter("mei").fragment("/e/account?sort=name", target="list")
    assert page.html.lstrip().startswith('<div id="list"') and "<html" not in page.html and len(names(page)) == 50
