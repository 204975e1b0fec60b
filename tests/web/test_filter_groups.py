"""Groups of conditions of which any must hold: in the address, in the panel without script, as chips and counted."""

from __future__ import annotations

import pytest
from httpx2 import QueryParams

from tests.product import Product

ALL = "/e/opportunity/v/all"


def ids(product: Product, *conditions: str) -> set[int]:
    return set(product.ids("opportunity", *conditions, person="dana"))


@pytest.mark.parametrize(
    "joined", ["any(stage:any_of:demo;amount:at_least:60000)", "any(all(stage:any_of:demo);amount:at_least:60000)"]
)
def test_a_group_holds_when_one_of_its_conditions_does(shared_crm: Product, joined: str) -> None:
    large, demo = ids(shared_crm, "amount:at_least:60000"), ids(shared_crm, "stage:any_of:demo")
    assert large and demo and ids(shared_crm, joined) == large | demo
    assert ids(shared_crm, joined, "stage:any_of:demo") == demo


def test_all_conditions_inside_any_must_hold_together(shared_crm: Product) -> None:
    both = ids(shared_crm, "stage:any_of:won", "amount:at_least:60000")
    asked = "any(all(stage:any_of:won;amount:at_least:60000);stage:any_of:demo)"
    assert both and ids(shared_crm, asked) == both | ids(shared_crm, "stage:any_of:demo")


def test_a_group_is_one_chip_that_says_it_in_words_and_takes_it_away(shared_b2b: Product) -> None:
    page = shared_b2b.enter("mei").open(f"{ALL}?f=any(stage:any_of:demo;amount:at_least:5000)&f=owner:is_me")
    chip, other = page.tree.all("div", "fchip")
    assert chip.texts("button") == ["Any of", "Stage is any of Demo or Amount is at least $5,000"]
    assert other.texts("button") == ["Owner", "is me"]
    assert chip.one("a", "fchip__x")["href"] == f"{ALL}?f=owner%3Ais_me"


def test_a_group_is_made_and_changed_without_script(shared_b2b: Product) -> None:
    mei = shared_b2b.enter("mei")
    page = mei.open(f"{ALL}?f=owner:is_me&panel=1")
    page = mei.open(page.named("filter").one("a", data_add_group="")["href"])
    group = page.named("filter").one("fieldset", "filter-group").one("a", "mi", data_field="amount")
    pairs = mei.open(group["href"]).form(ALL, "ff1").filled({})
    assert ("fg1", "1") in pairs
    page = mei.open(f"{ALL}?f=any(amount:at_least:5000;stage:any_of:demo)&panel=1")
    adding = page.named("filter").one("fieldset", "filter-group").one("a", "mi", data_field="name")
    pairs = mei.open(adding["href"]).form(ALL, "ff2").filled({})
    page = mei.open(f"{ALL}?{QueryParams([*pairs, ('fv2', 'a;b)')])}")
    assert "Name contains a;b)" in page.tree.one("div", "fchip").text
    assert page.tree.one("div", "fchip").text.count(" or ") == 2


def test_what_is_not_understood_in_a_group_is_told_and_the_rest_stays(shared_b2b: Product) -> None:
    page = shared_b2b.enter("mei").open(f"{ALL}?f=any(vanished:is:1;amount:at_least:5000)")
    assert 'There is no field "vanished" here' in page.words
    assert page.tree.one("div", "fchip").texts("button") == ["Amount", "is at least", "$5,000"]
    for text in ("any(", "any()", "any(any(any(amount:empty)))", "all(;;)", "any(amount:at_least:\\", "any((((((((((;"):
        assert shared_b2b.enter("mei").open(f"{ALL}?f={text}").status == 200


def test_the_panel_asks_how_many_records_its_conditions_leave(shared_b2b: Product) -> None:
    mei = shared_b2b.enter("mei")
    counted = mei.open(f"{ALL}/count?f=any(amount:at_least:5000;stage:any_of:demo)")
    total = mei.open(f"{ALL}?f=any(amount:at_least:5000;stage:any_of:demo)").named("total-name").text
    assert counted.html == f"Show {total}"
    assert mei.open("/e/opportunity/v/nothing/count").status == 404


def test_a_group_narrows_a_board_and_is_saved_in_a_view(b2b: Product) -> None:
    mei = b2b.enter("mei")
    board = mei.open("/e/opportunity/v/board?f=any(amount:at_least:5000;owner:is_me)")
    saved = board.submit("/e/opportunity/views", {"name": "Mine or large"})
    assert saved.tree.one("div", "fchip").text == board.tree.one("div", "fchip").text
    assert saved.named("filter").one("fieldset", "filter-group").all("div", "filter-row")[1].text.startswith("Owner")
