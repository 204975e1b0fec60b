"""Groups of a list: heads with counts and sums, pages across groups, rights, and what cannot be grouped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product, found, running
from tests.web.test_statements import count

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "many_views"


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("grouped_views")
    found(folder, str(BLUEPRINT))
    with running(shutil.copytree(folder, folder.parent / "grouped")) as product:
        yield product


def heads(page: Page) -> list[str]:
    return page.texts("tr", "group")


def labels(page: Page) -> list[str]:
    return [tag.text for row in page.tree.all("tr", "group") for tag in row.all("b")]


def records(page: Page) -> list[str]:
    return [row["data-id"] for row in page.tree.all("tr") if row["data-id"]]


def walk(browser: Browser, path: str) -> list[Page]:
    """Every page of a list, from the first."""
    pages = [browser.open(path)]
    while following := [a["href"] for a in pages[-1].tree.all("a") if a["rel"] == "next"]:
        pages.append(browser.open(following[0]))
    return pages


def test_a_group_has_a_head_with_its_count_and_what_its_records_add_up_to(shared_b2b: Product) -> None:
    dana = shared_b2b.enter("dana")
    page = dana.open("/e/opportunity/v/open?group=stage")
    for body in page.tree.all("tbody"):
        alone = dana.open(f"/e/opportunity/v/open?f=stage:any_of:{body['data-group']}")
        total = alone.named("total-amount").text.removeprefix("Sum ")
        number = alone.named("total-name").text.removesuffix(" records")
        cells = [cell.text for cell in body.one("tr", "group").all("td")]
        assert f"Sum {total}" in cells and body.one("span", "count").text == number


@pytest.mark.parametrize("group", ["owner", "industry", "created_at.quarter", "created_at.day", "parent", "lifecycle"])
def test_pages_across_groups_show_every_record_once_and_each_group_in_one_run(shared_crm: Product, group: str) -> None:
    pages = walk(shared_crm.enter("dana"), f"/e/account/v/all?group={group}")
    found = [record for page in pages for record in records(page)]
    groups = [body["data-group"] for page in pages for body in page.tree.all("tbody")]
    runs = [key for number, key in enumerate(groups) if not number or groups[number - 1] != key]
    assert len(found) == len(set(found)) > 50 and len(runs) == len(set(runs))


def test_a_page_takes_one_statement_more_with_groups_however_many(shared_b2b: Product) -> None:
    for person in ("mei", "dana"):
        browser = shared_b2b.enter(person)
        plain, few, many = (
            count(shared_b2b, browser, f"/e/account/v/all{query}") for query in ("", "?group=tier", "?group=parent")
        )
        assert few == many == plain + 1


def test_a_group_that_goes_on_says_so_on_both_pages(shared_b2b: Product) -> None:
    pages = walk(shared_b2b.enter("dana"), "/e/account/v/all?group=lifecycle")
    first, second = pages[0].texts("span", "group__note"), pages[1].texts("span", "group__note")
    assert first and first[-1].endswith(" more on the next page") and second[0].endswith(" on this page")


def test_what_has_no_value_comes_last_in_both_directions(shared_b2b: Product) -> None:
    dana = shared_b2b.enter("dana")
    up, down = (
        [label for page in walk(dana, f"/e/account/v/all?group=parent{sort}") for label in labels(page)]
        for sort in ("", "&sort=-parent")
    )
    runs = [list(dict.fromkeys(each)) for each in (up, down)]
    assert runs[0][-1] == runs[1][-1] == "(none)" and runs[0][:-1] == runs[1][-2::-1]


def test_a_record_goes_on_to_the_next_one_of_its_group(shared_b2b: Product) -> None:
    dana = shared_b2b.enter("dana")
    page = dana.open("/e/opportunity/v/open?group=stage")
    first, second = records(page)[:2]
    link = next(a["href"] for a in page.tree.all("a", "rowlink") if f"/{first}?" in a["href"])
    following = [a["href"] for a in dana.open(link).tree.all("a") if a["rel"] == "next"]
    assert following[0].startswith(f"/e/opportunity/{second}?")


def test_the_menu_offers_every_group_and_the_periods_of_a_day(shared_b2b: Product) -> None:
    dana = shared_b2b.enter("dana")
    menu = dana.fragment("/e/opportunity/v/open?group=close_date.quarter&q=a", target="groups")
    choices = {a.text: a["href"] for a in menu.tree.all("a")}
    assert choices["No groups"] == "/e/opportunity/v/open?q=a"
    assert choices["Stage"] == "/e/opportunity/v/open?q=a&group=stage"
    assert [a.text for a in menu.tree.all("a", "mi--in")] == ["By day", "By month", "By quarter", "By year"]
    assert [a.text for a in menu.tree.all("a") if a["aria-current"]] == ["Close date", "By quarter"]


@pytest.mark.parametrize("group", ["name", "nothing", "stage.month", "amount", "<b>", "close_date.week", "lines"])
def test_what_a_list_cannot_be_grouped_by_is_left_out_with_a_sentence(shared_b2b: Product, group: str) -> None:
    page = shared_b2b.enter("dana").open(f"/e/opportunity/v/all?group={group}")
    assert f'The list cannot be grouped by "{group}", so this was left out.' in page.words
    assert not heads(page) and records(page)


def test_a_cursor_of_another_group_leads_to_the_first_page(shared_b2b: Product) -> None:
    dana = shared_b2b.enter("dana")
    after = walk(dana, "/e/account/v/all?group=tier")[1].path
    assert dana.open(after.replace("group=tier", "group=-")).path == "/e/account/v/all?group=-"


def test_records_one_may_not_see_are_one_group_without_a_name(views: Product) -> None:
    page = views.enter("hal").open("/e/job/v/all?group=unit")
    assert labels(page) == ["South", "Not visible to you", "(none)"] and "North" not in page.html
    assert labels(views.enter("dana").open("/e/job/v/all?group=unit")) == ["North", "South", "(none)"]


def test_a_view_has_groups_of_its_own_until_the_address_takes_them_away(views: Product) -> None:
    dana = views.enter("dana")
    assert labels(dana.open("/e/job/v/by_quarter")) == ["Q1 2026", "(none)"]
    assert not heads(dana.open("/e/job/v/by_quarter?group=-"))
    menu = dana.fragment("/e/job/v/by_quarter", target="groups")
    choices = {a.text: a["href"] for a in menu.tree.all("a")}
    assert choices["No groups"] == "/e/job/v/by_quarter?group=-" and choices["By month"].endswith("?group=due.month")
