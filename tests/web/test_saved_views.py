"""Saved views: what the address says, kept under a name, for oneself or for others."""

from __future__ import annotations

from dataclasses import replace

from engine.access.actor import Actor
from engine.access.login import find_user
from tests.browsing.browser import Browser, Page
from tests.browsing.html import parse
from tests.product import Product

ALL = "/e/opportunity/v/all"
ASKED = f"{ALL}?f=amount:at_least:5000&sort=-amount&cols=name,amount&after=&q="
SAVED = "f=amount%3Aat_least%3A5000&sort=-amount&cols=name%2Camount"


def save(browser: Browser, address: str = ASKED, name: str = "Large ones", **more: str) -> Page:
    return browser.open(address).submit("/e/opportunity/views", {"name": name, **more})


def tabs(page: Page) -> list[str]:
    """Those on the bar, then those in the menu beside them."""
    bar = page.tree.one("div", "views")
    more = [link for nav in bar.all("nav", "views__list") for link in nav.all("a", "mi")]
    return [*(tab.one("span", "clip").text for tab in bar.all("a", "tab")), *(f"{link.text}*" for link in more)]


def test_what_the_address_says_is_saved_as_ones_own_view_and_opens_by_itself(b2b: Product) -> None:
    mei = b2b.enter("mei")
    assert "Save view" not in mei.open(ALL).words and "Save view" in mei.open(ASKED).words
    page = save(mei)
    assert page.path.startswith("/e/opportunity/v/") and "?" not in page.path
    assert "The view Large ones is saved." in page.words and page.texts("th", role="columnheader")[1:] == [
        "Name",
        "Amount",
    ]
    assert page.tree.one("div", "fchip").texts("button") == ["Amount", "is at least", "$5,000"]
    assert page.tree.one("div", "views").one("a", aria_current="page").text == "Large ones"
    assert "Reset" not in page.words and "Large ones" not in tabs(b2b.enter("dana").open(ALL))


def test_a_changed_saved_view_offers_to_save_to_save_as_and_to_reset(b2b: Product) -> None:
    mei = b2b.enter("mei")
    view = save(mei).path
    changed = mei.open(f"{view}?f=amount:at_least:9000")
    assert changed.tree.one("span", "view-save").texts("button") == ["Save", "Save as"]
    assert changed.link("Reset") == view
    own = f"/e/opportunity/views/{view.rpartition('/')[2]}"
    again = changed.submit(own, press=("query", "f=amount:at_least:9000"))
    assert again.path == view and "$9,000" in again.words and "Reset" not in again.words


def test_a_saved_view_without_its_filters_stays_without_them(b2b: Product) -> None:
    mei = b2b.enter("mei")
    view = save(mei, f"{ALL}?f=amount:at_least:5000").path
    cleared = mei.open(mei.open(view).tree.one("a", "fchip__x")["href"])
    assert cleared.path == f"{view}?q=" and not cleared.tree.all("div", "fchip") and "Reset" in cleared.words
    assert cleared.submit(view, press=("q", "")).tree.all("div", "fchip") == []


def test_a_view_is_renamed_copied_deleted_and_brought_back(b2b: Product) -> None:
    mei = b2b.enter("mei")
    page = save(mei)
    own = f"/e/opportunity/views/{page.path.rpartition('/')[2]}"
    page = page.submit(own, {"name": "Whales"})
    assert "Whales" in tabs(page) and "$5,000" in page.words
    copied = page.submit("/e/opportunity/views", press=("name", "Whales copy"))
    assert {"Whales", "Whales copy"} <= {name.rstrip("*") for name in tabs(copied)} and "$5,000" in copied.words
    gone = page.submit(f"{own}/delete")
    assert gone.path == "/e/opportunity" and "The view Whales is deleted." in gone.words
    assert mei.open(page.path).status == 404
    back = gone.submit(f"{own}/restore")
    assert back.path == page.path and "The view Whales is back." in back.words


def test_an_admin_shares_a_view_and_others_use_but_do_not_change_it(b2b: Product) -> None:
    dana, mei = b2b.enter("dana"), b2b.enter("mei")
    page = save(dana, shared="*")
    own = f"/e/opportunity/views/{page.path.rpartition('/')[2]}"
    seen = mei.open(page.path)
    assert seen.status == 200 and "Large ones" in tabs(seen) and "Large ones*" in tabs(mei.open(ALL))
    assert own not in seen.html
    token = {"_csrf": seen.tree.one("input", name="_csrf")["value"]}
    assert mei.send(own, {**token, "name": "Mine now"}).status == 403
    assert mei.send(f"{own}/delete", token).status == 403
    assert "Share with" not in seen.words and "Share with" in page.words


def test_who_may_not_share_keeps_a_view_to_themselves_whatever_is_sent(b2b: Product) -> None:
    mei = b2b.enter("mei")
    token = mei.open(ALL).tree.one("input", name="_csrf")["value"]
    sent = {"_csrf": token, "name": "All of you", "base": "all", "query": "sort=name", "shared": "*"}
    assert mei.send("/e/opportunity/views", sent).status == 200
    assert "All of you" not in tabs(b2b.enter("dana").open(ALL))


def test_a_view_for_a_role_is_seen_by_that_role_alone(b2b: Product) -> None:
    view = save(b2b.enter("dana"), shared="manager").path
    assert [b2b.enter(person).open(view).status for person in ("henrik", "mei")] == [200, 404]


def test_the_view_a_person_chose_opens_the_entity_until_it_is_gone(b2b: Product) -> None:
    mei = b2b.enter("mei")
    page = save(mei)
    number = page.path.rpartition("/")[2]
    chosen = page.submit("/e/opportunity/default", press=("view", number))
    assert "open with this view from now on" in chosen.words
    home = mei.open("/e/opportunity")
    assert home.tree.one("div", "views").one("a", aria_current="page").text == "Large ones"
    assert "Do not open with this view" in home.words
    mei.open("/profile").submit("/profile", {"theme": "dark"})
    assert mei.open("/e/opportunity").tree.one("div", "views").one("a", aria_current="page").text == "Large ones"
    home.submit(f"/e/opportunity/views/{number}/delete")
    assert mei.open("/e/opportunity").tree.one("div", "views").one("a", aria_current="page").text != "Large ones"


def test_a_filter_on_a_field_that_is_gone_is_told_and_left_out(b2b: Product) -> None:
    mei = b2b.enter("mei")
    page = save(mei, f"{ALL}?f=amount:at_least:5000&f=vanished:is:1")
    assert 'There is no field "vanished" here, so it was left out.' in page.words and "$5,000" in page.words


def test_a_saved_view_whose_base_is_gone_stands_on_another_of_its_kind(b2b: Product) -> None:
    mei = b2b.enter("mei")
    token = mei.open(ALL).tree.one("input", name="_csrf")["value"]
    page = mei.send("/e/opportunity/views", {"_csrf": token, "name": "Lanes", "base": "board", "query": ""})
    number = int(page.path.rpartition("/")[2])
    views = b2b.services.saved_views
    with b2b.services.database.read() as connection:
        owner = find_user(connection, "mei@example.org")
    views.change(replace(views.get(Actor(owner), "opportunity", number), base="vanished"))
    told = mei.open(page.path)
    assert told.status == 200 and "made from is gone, so it stands on Board now" in told.words


def test_a_board_is_saved_like_a_list(b2b: Product) -> None:
    page = save(b2b.enter("mei"), "/e/opportunity/v/board?f=owner:is_me")
    assert page.tree.all("section", "lane") and "is me" in page.words
    assert page.tree.one("div", "views").one("a", aria_current="page").text == "Large ones"


def test_twelve_views_leave_room_for_each_other_and_the_open_one_stays_on_the_bar(b2b: Product) -> None:
    mei = b2b.enter("mei")
    for number in range(12):
        page = save(mei, name=f"Deals of the quarter number {number}")
    bar = page.tree.one("div", "views")
    assert len(bar.all("a", "tab")) < 8 and bar.one("a", aria_current="page").text.endswith("number 11")
    assert len(tabs(page)) == 12 + len(tabs(b2b.enter("dana").open(ALL)))
    assert "Mine" in page.named("views-more").text


def test_hostile_views_are_refused_without_a_trace(b2b: Product) -> None:
    mei = b2b.enter("mei")
    token = mei.open(ALL).tree.one("input", name="_csrf")["value"]
    sent = {"_csrf": token, "name": "x\0\u202e<b>", "base": "all", "query": "f=\0&sort=" + "a" * 200}
    assert mei.send("/e/opportunity/views", sent).status == 200
    assert mei.send("/e/opportunity/views", {**sent, "base": "nothing"}).status == 404
    assert mei.send("/e/opportunity/views", {**sent, "query": "f=" + "a" * 5000}).status == 422
    for path in ("/e/opportunity/v/99999999999999999999", "/e/opportunity/v/-1", "/e/opportunity/v/٣"):
        assert mei.open(path).status == 404
    assert mei.send("/e/opportunity/views/1/delete", {"_csrf": token}).status == 404
    assert mei.send("/e/opportunity/default", {"_csrf": token, "view": "17"}).status == 404


def test_a_card_moved_on_a_saved_board_is_counted_under_the_filters_of_the_view(b2b: Product) -> None:
    mei = b2b.enter("mei")
    board = save(mei, "/e/opportunity/v/board?f=owner:is_me")
    card = board.named("lane-qualification").all("li", "kcard")[0]
    data = {"_csrf": board.tree.one("div", "board")["data-csrf"], "stage": "demo", "version": card["data-version"]}
    address = f"http://x{board.path}"
    moved = mei.send(
        card["data-move"], {**data, "place": "board", "view": "board"}, hx_request="true", hx_current_url=address
    )
    parts = parse(moved.html.replace("template", "div")).all("div")
    heads = {part["hx-target"][1:]: part.text for part in parts if part["hx-target"].startswith("#lane-head-")}
    again = mei.open(board.path)
    assert heads and heads == {name: again.named(name).text for name in heads}


def test_a_record_opened_from_a_saved_view_knows_the_next_one(b2b: Product) -> None:
    mei = b2b.enter("mei")
    view = save(mei)
    links = [row.one("a", "rowlink")["href"] for row in view.tree.all("tr") if row.all("a", "rowlink")]
    page = mei.open(links[1])
    assert "Large ones" in page.words and "2 of" in page.words
    assert f'href="{links[0].partition("?")[0]}?' in page.html and f'href="{links[2].partition("?")[0]}?' in page.html
