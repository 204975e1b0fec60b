"""What the roles of the b2b blueprint keep from whom, through pages and API."""

from __future__ import annotations

from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.stories.b2b.test_lists import total
from tests.stories.demo import rows
from tests.web.api.client import client_of

EAST = ("mei", "tom")


def test_a_seller_meets_the_opportunities_of_the_own_team_and_no_other(shared_b2b: Product) -> None:
    own = [row["name"] for row in rows("opportunity") if row["owner"] in EAST]
    mei, api = shared_b2b.enter("mei"), client_of(shared_b2b, "mei")
    assert total(mei.open("/e/opportunity/v/all")) == len(own)
    assert api.get("opportunity?limit=1&count=true")["count"] == len(own)
    found = api.get("opportunity?limit=200&fields=name")["data"]
    assert {each["name"] for each in found} <= set(own) and len(found) == min(len(own), 200)
    theirs = client_of(shared_b2b, "priya").get("opportunity?limit=200&fields=name")["data"]
    others = next(each for each in theirs if each["name"] not in own)
    answers = (mei.open(f"/e/opportunity/{others['id']}"), mei.open(f"/e/opportunity/{others['id']}/history"))
    assert [page.status for page in answers] == [404, 404]
    assert api.refused("GET", f"opportunity/{others['id']}")[0] == 404
    beginning = others["name"][:-1]
    assert others["name"] not in mei.open(f"/search?q={beginning}").html
    assert others["name"] not in mei.open(f"/pick/opportunity?q={beginning}").html


def test_sellers_see_no_cost_and_no_margin_anywhere(shared_b2b: Product) -> None:
    mei, manager = client_of(shared_b2b, "mei"), client_of(shared_b2b, "henrik")
    quote = mei.get("quote?limit=1")["data"][0]["id"]
    kept_back = {"cost", "margin", "margin_percent", "uncosted_lines"}
    theirs, ours = mei.get(f"quote/{quote}"), manager.get(f"quote/{quote}")
    assert not kept_back & theirs.keys() and kept_back <= ours.keys()
    assert not {"unit_cost", "cost", "margin"} & theirs["lines"][0].keys() and "margin" in ours["lines"][0]
    assert mei.refused("GET", "quote?f=margin:not_empty")[0] == 400
    assert mei.refused("GET", "quote?sort=-margin")[0] == 400
    assert mei.refused("PATCH", f"quote/{quote}", {"cost": "1"})[0] == 422
    pages = {name: shared_b2b.enter(name) for name in ("mei", "henrik")}
    for address in (f"/e/quote/{quote}", f"/e/quote/{quote}/edit"):
        told = {name: "Margin" in page.words or "Cost" in page.words for name, page in opened(pages, address).items()}
        assert told == {"mei": False, "henrik": True}, address


def opened(browsers: dict[str, Browser], address: str) -> dict[str, Page]:
    return {name: browser.open(address) for name, browser in browsers.items()}
