"""Trees and galleries: rows that open, paths of a search, moves that make no ring, cards and more of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Page
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "many_views"
TREE = "/e/unit/v/tree"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many_views")
    found(folder, str(BLUEPRINT))
    return folder


@pytest.fixture
def views(founded: Path, tmp_path: Path) -> Iterator[Product]:
    with running(shutil.copytree(founded, tmp_path / "copy")) as product:
        yield product


def rows(page: Page) -> list[tuple[str, str]]:
    """Level and title of each row."""
    return [(r["aria-level"], r.one("a", "tree__t").text) for r in page.tree.all("tr", "tree__row")]


def opened(product: Product, person: str = "dana") -> Page:
    """The tree with everything open, the way without script."""
    page = product.enter(person).open(TREE)
    while closed := [r for r in page.tree.all("tr", "tree__row") if r["aria-expanded"] == "false"]:
        page = page.browser.open(closed[0].one("a", "tree__toggle")["href"])
    return page


def move(page: Page, title: str, below: str, **form: str) -> Page:
    ids = {r.one("a", "tree__t").text: r for r in page.tree.all("tr", "tree__row")}
    parent = ids[below]["data-id"] if below in ids else below
    token = page.tree.one("meta", name="csrf-token")["content"]
    data = {"_csrf": token, "version": ids[title]["data-version"], "view": "tree", "parent": parent, **form}
    return page.browser.send(ids[title]["data-move"], data, hx_request="true")


def test_a_tree_begins_with_what_has_nothing_above_it_and_counts_what_is_below(views: Product) -> None:
    page = views.enter("dana").open(TREE)
    assert rows(page) == [("1", "North"), ("1", "South")]
    assert page.tree.all("tr", "tree__row")[0].one("span", "vh").text == "1 below"
    assert page.texts("th", scope="col") == ["Name", "Size"]


def test_rows_open_without_script_too(views: Product) -> None:
    assert rows(opened(views)) == [("1", "North"), ("2", "Coast"), ("3", "Harbour"), ("4", "Pier"), ("1", "South")]


def test_the_rows_below_one_come_alone(views: Product) -> None:
    browser = views.enter("dana")
    toggle = browser.open(TREE).tree.one("a", "tree__toggle")
    assert rows(browser.fragment(toggle["data-below"])) == [("2", "Coast")]
    assert browser.fragment(f"{TREE}?under=x").status == browser.fragment(f"{TREE}?under=5&after=zz").status == 404


def test_what_stands_below_something_one_may_not_see_is_at_the_top(views: Product) -> None:
    page = opened(views, "hal")
    assert rows(page) == [("1", "Coast"), ("1", "Pier"), ("1", "South")]
    assert "North" not in page.html and "Harbour" not in page.html


def test_a_search_shows_the_path(views: Product) -> None:
    page = views.enter("dana").open(f"{TREE}?q=pier")
    assert page.texts("span", "tree__path") == ["North › Coast › Harbour ›"]
    assert views.enter("hal").open(f"{TREE}?q=pier").texts("span", "tree__path") == ["Coast ›"]


def test_a_record_is_moved_below_another_and_to_the_top(views: Product) -> None:
    page = opened(views)
    assert move(page, "Coast", "South").status == 204
    assert rows(opened(views)) == [("1", "North"), ("1", "South"), ("2", "Coast"), ("3", "Harbour"), ("4", "Pier")]
    assert move(opened(views), "Harbour", "").status == 204
    assert ("1", "Harbour") in rows(opened(views))


@pytest.mark.parametrize("below", ["North", "Coast", "Pier"])
def test_a_ring_is_refused_with_a_sentence(views: Product, below: str) -> None:
    answer = move(opened(views), "North", below)
    told = json.loads(answer.headers["hx-trigger"])["toast"]
    assert answer.status == 422
    assert told["text"] == "Above: a record cannot stand below itself or below one of its own."
    assert rows(opened(views))[0] == ("1", "North")


def test_a_ring_is_refused_in_the_form_too(views: Product) -> None:
    page = opened(views)
    ids = {r.one("a", "tree__t").text: r["data-id"] for r in page.tree.all("tr", "tree__row")}
    path = f"/e/unit/{ids['North']}/edit"
    answer = page.browser.open(path).submit(path, {"above": ids["Pier"]})
    assert answer.status == 422 and "a record cannot stand below itself" in answer.words


@pytest.mark.parametrize("form", [{"view": "all"}, {"parent": "x"}])
def test_a_move_that_means_nothing_is_not_found(views: Product, form: dict[str, str]) -> None:
    assert move(opened(views), "Coast", "South", **form).status == 404


def test_a_tree_takes_three_statements_however_much_is_open(views: Product) -> None:
    page = opened(views)
    with views.services.database.count_statements() as statements:
        page.browser.open(page.path)
    assert sum("FROM e_unit" in statement for statement in statements) == 3


def test_a_gallery_shows_titles_marks_and_facts(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/cards")
    first = page.tree.all("li", "gcard")[0]
    assert first.texts("dd") == ["To do", "€100.10"]
    assert (first["data-hue"], first.one("h2").text) == ("red", "Alder")
    assert page.tree.one("ul", "gallery").classes == ["gallery", "gallery--large"]


def test_more_cards_of_a_gallery_come_by_a_cursor(views: Product) -> None:
    browser = views.enter("dana")
    for number in range(50):
        browser.open("/e/job/new").submit("/e/job/new", {"name": f"Z{number:02}"})
    page = browser.open("/e/job/v/cards")
    more = page.tree.one("li", "gallery__more").one("a")["hx-get"]
    assert len(page.tree.all("li", "gcard")) == 48
    assert [card.one("h2").text for card in browser.fragment(more).tree.all("li", "gcard")][-1] == "Z49"
