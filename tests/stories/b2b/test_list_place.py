"""Previous and next record of the list a record was opened from."""

from __future__ import annotations

import re

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.test_statements import count


def opened(page: Page) -> list[str]:
    """The addresses of the records in a list or on a board."""
    links = [a["href"] for a in page.tree.all("a") if re.match(r"/e/\w+/\d+\?in=", a["href"])]
    return list(dict.fromkeys(links))


def walked(browser: Browser, first: str, rel: str) -> list[str]:
    """The addresses from the first record on, as long as there is another one."""
    found = [first]
    while links := browser.open(found[-1]).tree.all("a", rel=rel):
        found.append(links[0]["href"])
    return found


@pytest.mark.parametrize(
    "query",
    [
        "f=stage%3Aany_of%3Aproposal",
        "f=stage%3Aany_of%3Aproposal&sort=-amount",
        "f=owner%3Ais_me&q=alarm&sort=close_date",
    ],
)
def test_the_records_of_a_list_follow_one_another_as_in_the_list(shared_crm: Product, query: str) -> None:
    mei = shared_crm.enter("mei")
    listed = opened(mei.open(f"/e/opportunity/v/all?{query}"))
    assert 1 < len(listed) < 50
    assert walked(mei, listed[0], "next") == listed
    assert walked(mei, listed[-1], "prev") == listed[::-1]


def test_the_page_says_where_it_stands_and_leads_back_to_the_list(shared_crm: Product) -> None:
    mei = shared_crm.enter("mei")
    page = mei.open("/e/opportunity/v/all?f=stage:any_of:proposal&sort=-amount")
    listed = opened(page)
    second = mei.open(listed[1])
    assert second.named("record").one("span", "num").text == f"2 of {len(listed)}"
    back = second.follow("All opportunities")
    assert opened(back) == listed


def test_on_a_board_the_lane_is_the_list(shared_crm: Product) -> None:
    mei = shared_crm.enter("mei")
    lane = mei.open("/e/opportunity/v/board").named("lane-proposal")
    cards = list(dict.fromkeys(a["href"] for a in lane.all("a") if "?in=board" in a["href"] and "#" not in a["href"]))
    assert len(cards) > 1 and walked(mei, cards[0], "next") == cards


@pytest.mark.parametrize(
    "query", ["in=nothing", "in=all&f=stage:any_of:won", "in=all&sort=nonsense&f=%00", "in=" + "x" * 500, "in=my"]
)
def test_a_list_the_record_is_not_in_is_passed_over(shared_crm: Product, query: str) -> None:
    someone = shared_crm.ids("opportunity", "stage:any_of:proposal")[0]
    page = shared_crm.enter("dana").open(f"/e/opportunity/{someone}?{query}")
    assert page.status == 200
    assert bool(page.tree.all("a", rel="next")) == ("nonsense" in query)


def test_the_neighbours_take_two_statements_more(shared_b2b: Product) -> None:
    dana = shared_b2b.enter("dana")
    link = opened(dana.open("/e/opportunity/v/all?sort=-amount"))[3]
    dana.open(link)
    assert count(shared_b2b, dana, link) == count(shared_b2b, dana, link.partition("?")[0]) + 2


def test_a_stage_move_keeps_the_place(crm: Product) -> None:
    mei = crm.enter("mei")
    link = opened(mei.open("/e/opportunity/v/all?f=owner:is_me&sort=stage"))[2]
    path, page = link.partition("?")[0], mei.open(link)
    here = page.tree.one("span", "num").text
    pairs = [*page.form(f"{path}/stage").filled({}), ("stage", page.tree.one("div", "guide").one("button")["value"])]
    moved = mei.send(f"{path}/stage", pairs, hx_request="true", hx_current_url=f"http://crm.example.com{link}")
    assert moved.status == 200 and moved.tree.one("span", "num").text.endswith(here.removeprefix("3"))


def test_the_place_is_kept_through_the_form_and_back(shared_crm: Product) -> None:
    mei = shared_crm.enter("mei")
    listed = opened(mei.open("/e/opportunity/v/all?f=stage:any_of:proposal&sort=-amount"))
    form = mei.open(listed[1]).follow("Edit")
    assert form.link("Cancel") == listed[1]
    action = form.tree.one("form", "form-page")["action"]
    refused = form.submit(action, {"name": ""})
    assert (refused.status, refused.link("Cancel")) == (422, listed[1])
    saved = refused.submit(action, {"name": "A better name"})
    assert saved.path == listed[1] and saved.named("record").one("span", "num").text == f"2 of {len(listed)}"
    assert mei.open(f"{listed[1].partition('?')[0]}/edit?in=all&next=//x.example").link("Cancel").endswith("?in=all")
