"""What stands in a new form, on paper and in the way back is what a person would write."""

from __future__ import annotations

import re

from tests.product import Product


def test_a_new_record_begins_at_a_moment_to_the_minute(shared_b2b: Product) -> None:
    form = shared_b2b.enter("dana").open("/e/activity/new").form("/e/activity/new")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", form.values["at"])


def test_on_paper_a_line_without_a_name_has_none(shared_b2b: Product) -> None:
    browser = shared_b2b.enter("dana")
    first = shared_b2b.ids("opportunity", "stage:any_of:negotiation")[0]
    page = browser.open(f"/e/opportunity/{first}?print=1")
    unnamed = [title for title in page.texts("a", "rowlink") if title == "Untitled"]
    assert unnamed and page.texts("span", "untitled") == unnamed
    assert ".print .untitled { display: none; }" in browser.open("/static/css/print.css").html


def test_on_a_phone_the_way_back_has_as_many_arrows_as_it_has_steps(shared_b2b: Product) -> None:
    first = shared_b2b.ids("opportunity", "stage:any_of:negotiation")[0]
    crumbs = shared_b2b.enter("dana").open(f"/e/opportunity/{first}?in=open").tree.one("nav", "crumbs")
    assert [len(crumbs.all(tag, "only-desk")) for tag in ("a", "svg")] == [1, 1]
