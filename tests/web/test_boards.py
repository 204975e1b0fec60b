"""Boards: limits, colours, rows across the lanes, more cards, and moves by stage, choice and row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Page
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "many_views"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many_views")
    found(folder, str(BLUEPRINT))
    return folder


@pytest.fixture
def views(founded: Path, tmp_path: Path) -> Iterator[Product]:
    with running(shutil.copytree(founded, tmp_path / "copy")) as product:
        yield product


def cards(page: Page) -> dict[str, list[str]]:
    """The titles of the cards in each list, by its stage and row."""
    lists = [e for e in page.tree.all("ul") if e["data-stage"]]
    return {
        " ".join(filter(None, (e["data-stage"], e["data-row"]))): [
            c.one("div", "kcard__t").text for c in e.all("li", "kcard")
        ]
        for e in lists
    }


def card(page: Page, title: str) -> dict[str, str]:
    found = next(e for e in page.tree.all("li", "kcard") if e.one("div", "kcard__t").text == title)
    return found.attributes


def move(product: Product, person: str, title: str, board: str = "board", **form: str) -> Page:
    browser = product.enter(person)
    page = browser.open(f"/e/job/v/{board}")
    at = card(page, title)
    token = page.tree.one("div", "board")["data-csrf"]
    data = {"_csrf": token, "version": at["data-version"], "place": "board", "view": board, **form}
    return browser.send(at["data-move"], data, hx_request="true")


def test_a_lane_over_its_limit_says_so_in_words(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/board")
    assert page.named("lane-head-todo").one("span", "count").text == "4 of 3"
    assert page.named("lane-head-todo").one("p", "lane__over").text == "1 over the limit"
    assert page.named("lane-head-doing").one("span", "count").text == "1 of 2"
    assert page.named("lane-head-doing").all("p", "lane__over") == []


def test_cards_take_the_hue_of_the_first_rule_that_holds(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/board")
    hues = {title: card(page, title).get("data-hue", "") for title in ("Alder", "Birch", "Cedar")}
    assert hues == {"Alder": "sky", "Birch": "red", "Cedar": ""}


def test_a_day_that_is_over_is_late_only_in_an_open_stage(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/board")
    late = [e.one("div", "kcard__t").text for e in page.tree.all("li", "kcard") if e.all("span", "bad")]
    assert late == ["Alder", "Elm"]


def test_rows_stand_across_the_lanes_with_what_has_no_value_last(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/by_unit")
    rows = [e.one("b").text for e in page.tree.all("span", "swim__name")]
    assert rows == ["North", "South", "Unit: none"]
    assert list(cards(page).values()) == [
        ["Alder", "Dogwood"],
        ["Elm"],
        [],
        ["Birch"],
        [],
        [],
        ["Cedar"],
        [],
        [],
    ]


def test_a_row_whose_record_one_may_not_see_has_no_name(views: Product) -> None:
    page = views.enter("hal").open("/e/job/v/by_unit")
    rows = [e.one("b").text for e in page.tree.all("span", "swim__name")]
    assert rows == ["South", "Unit: not visible to you", "Unit: none"]
    assert "North" not in page.html


def test_a_move_to_another_row_changes_both_fields(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/by_unit")
    south = next(key.split()[1] for key in cards(page) if key.startswith("todo ") and "Birch" in cards(page)[key])
    answer = move(views, "dana", "Alder", "by_unit", stage="doing", row=south)
    assert answer.status == 200
    after = cards(views.enter("dana").open("/e/job/v/by_unit"))
    assert after[f"doing {south}"] == ["Alder"]
    move(views, "dana", "Alder", "by_unit", stage="doing", row="-")
    assert "Alder" in cards(views.enter("dana").open("/e/job/v/by_unit"))["doing -"]


def test_a_board_of_a_choice_moves_cards_too(views: Product) -> None:
    answer = move(views, "dana", "Alder", "by_owner", stage="green")
    assert answer.status == 200 and card(answer, "Alder")["data-lane"] == "green"


def test_a_full_stage_that_blocks_takes_no_more(views: Product) -> None:
    assert move(views, "dana", "Alder", stage="doing").status == 200
    refused = move(views, "dana", "Dogwood", stage="doing")
    assert refused.status == 422
    assert "“Doing” is full: it takes 2 at most. Move something out of it first." in refused.words


def test_a_card_one_may_not_change_is_refused_with_a_sentence(views: Product) -> None:
    refused = move(views, "hal", "Alder", stage="done")
    assert refused.status == 422 and "Job" in refused.words


@pytest.mark.parametrize(
    "form",
    [
        {"stage": "nowhere"},
        {"stage": "doing", "view": "all"},
        {"stage": "doing", "view": "by_unit", "row": "x"},
    ],
)
def test_a_move_that_means_nothing_is_not_found(views: Product, form: dict[str, str]) -> None:
    assert move(views, "dana", "Alder", **form).status == 404


def test_more_cards_of_a_lane_come_by_a_cursor(b2b: Product) -> None:
    browser = b2b.enter("dana")
    assert browser.fragment("/e/opportunity/v/board?lane=demo").status == 200
    assert browser.fragment("/e/opportunity/v/board?lane=nowhere").status == 404
    assert browser.fragment("/e/opportunity/v/board?lane=demo&after=zzz").status == 404


def test_a_board_with_rows_takes_two_statements_however_many_rows_there_are(views: Product) -> None:
    browser = views.enter("dana")
    with views.services.database.count_statements() as statements:
        browser.open("/e/job/v/by_unit")
    assert sum("FROM e_job" in statement for statement in statements) == 2
