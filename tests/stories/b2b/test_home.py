"""The home page: what a person of a sales team starts the day with."""

from __future__ import annotations

import re

from tests.browsing.browser import Browser, Page
from tests.product import PASSWORD, Product


def numbers(page: Page) -> dict[str, str]:
    """What stands on the tiles that count: label -> number."""
    return {tile.one(kind="kpi__l").text: tile.one(kind="kpi__v").text for tile in page.tree.all("a", "kpi")}


def headings(page: Page) -> list[str]:
    return page.texts("h2", "card__title")


def test_the_login_leads_home_where_a_seller_sees_what_is_theirs(crm: Product) -> None:
    page = crm.browser().open("/login").submit("/login", {"email": "mei@example.org", "password": PASSWORD})
    assert (page.path, page.texts("h1")) == ("/", ["Good morning, 林梅 Mei Lin"])
    assert "Wednesday, 4 March 2026" in page.words
    assert list(numbers(page)) == ["My pipeline", "Won", "Closing in 30 days", "Past their close date"]
    assert headings(page) == ["My open tasks", "My open opportunities", "New in my inbox", "Recently opened"]
    assert [a.text for a in page.tree.all("a", "nav", aria_current="page")] == ["Home"]


def test_a_manager_sees_other_tiles_and_chinese_reads_all_of_it(crm: Product) -> None:
    manager = crm.enter("henrik")
    assert next(iter(numbers(manager.open("/")))) == "Open pipeline"
    assert "Closing in 30 days" in headings(manager.open("/"))
    page = manager.open("/profile").submit("/profile", {"language": "zh-CN"}).browser.open("/")
    assert page.texts("h1") == ["早上好，Henrik Solberg"] and "2026年3月4日星期三" in page.words
    assert headings(page) == ["我的待办任务", "30 天内成交", "收件箱新消息", "最近打开"]


def test_a_number_is_the_sum_and_the_count_of_the_list_it_opens(crm: Product) -> None:
    sales = crm.enter("mei")
    tile = next(tile for tile in sales.open("/").tree.all("a", "kpi") if "My pipeline" in tile.text)
    opened = sales.open(tile["href"]).tree.one("tfoot").text
    assert opened.startswith(tile.one(kind="kpi__d").text)
    assert re.sub(r"\.[0-9]+", "", opened).endswith(tile.one(kind="kpi__v").text)


def test_records_of_a_tile_are_the_first_of_its_view_and_know_their_list(crm: Product) -> None:
    sales = crm.enter("mei")
    tile = sales.open("/").named("tile-5")
    shown = [a.text for a in tile.all("a", "tile__t")]
    listed = sales.open("/e/opportunity/v/mine").tree.all("a", "rowlink")
    assert len(shown) == 6 and shown == [a.all("span")[-1].text for a in listed][:6]
    assert "1 of " in sales.open(tile.all("a", "tile__t")[0]["href"]).tree.one(kind="panel__bar").text


def test_a_task_is_checked_off_at_home_and_what_was_opened_stands_there(crm: Product) -> None:
    sales = crm.enter("mei")
    first = sales.open("/").named("tile-4").all("li", "task")[0]
    title, action = first.one("a", "task__title").text, first.all("form")[0]["action"]
    home = sales.open("/").submit(action, press=("done", "1")).browser.open("/")
    assert first["id"] not in [task["id"] for task in home.named("tile-4").all("li", "task")]
    assert "Records you open appear here" in home.named("tile-7").text
    sales.open(first.one("a", "task__title")["href"])
    assert title in sales.open("/").named("tile-7").text


def count(product: Product, browser: Browser) -> int:
    with product.services.database.count_statements() as statements:
        assert browser.open("/").status == 200
    return len(statements)


def test_home_takes_as_many_statements_as_its_tiles_need(shared_b2b: Product) -> None:
    """The session, one for all counts, one for each of two sums, two for the two kinds of task, and one for each other
    tile."""
    assert {count(shared_b2b, shared_b2b.enter(name)) for name in ("mei", "henrik", "dana")} == {1 + 1 + 2 + 2 + 3}
