"""Colour rules of a list: the edge of a row, one cell, the words beside them, and what they cost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Page
from tests.product import Product, found, running
from tests.web.test_statements import count

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "many_views"


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("coloured_views")
    found(folder, str(BLUEPRINT))
    with running(shutil.copytree(folder, folder.parent / "coloured")) as product:
        yield product


def tints(page: Page) -> list[tuple[str, str, str, list[str]]]:
    """Of every coloured row and cell: its tag, hue and title, and the hidden words in it."""
    return [
        (each.tag, each["data-hue"], each["title"], [word.text for word in each.all("span", "vh")])
        for each in page.tree.walk()
        if "data-tint" in each.attributes
    ]


def test_the_first_rule_that_holds_colours_the_edge_and_the_cell_and_says_so_in_words(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/coloured")
    late = ("td", "red", 'Late "today"', ['Late "today"'])
    assert tints(page) == [
        late,
        ("tr", "amber", "Long", ["Long"]),
        late,
        ("tr", "sky", "Highlighted", ["Highlighted", 'Late "today"']),
        late,
    ]


def test_colours_take_no_statement_of_their_own(views: Product) -> None:
    dana = views.enter("dana")
    views_and_rows = 2
    assert count(views, dana, "/e/job/v/coloured") == views_and_rows


def test_colours_stay_when_columns_are_chosen_and_rows_are_grouped(views: Product) -> None:
    page = views.enter("dana").open("/e/job/v/coloured?cols=hours&group=state")
    assert [hue for tag, hue, _, _ in tints(page)] == ["amber", "sky"]
