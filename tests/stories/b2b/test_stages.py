"""Moving opportunities: on the path of the record and on the board; refused moves say why and ask."""

from __future__ import annotations

from tests.browsing.browser import Page
from tests.product import Product


def deal(crm: Product, stage: str, *conditions: str) -> str:
    """The address of an opportunity of Mei's in this stage."""
    found = crm.ids("opportunity", "owner:is_me", f"stage:any_of:{stage}", *conditions, person="mei")
    return f"/e/opportunity/{found[0]}"


def now(page: Page) -> str:
    return page.tree.one(aria_current="step").one("span").text


def move(page: Page, record: str, stage: str, htmx: bool = True) -> Page:
    """Press a stage on the path."""
    send = page.submit_by_htmx if htmx else page.submit
    return send(f"{record}/stage", press=("stage", stage))


def test_a_stage_on_the_path_is_a_press_away(crm: Product) -> None:
    sales, record = crm.enter("mei"), deal(crm, "demo")
    moved = move(sales.open(record), record, "proposal")
    assert moved.status == 200 and moved.html.lstrip().startswith('<div id="record"') and now(moved) == "Proposal"
    newest = sales.fragment(f"{record}/history").texts("div", "tl__i")[0]
    assert newest == "林梅 Mei Lin moved it just now Stage Demo Proposal"


def test_without_script_the_page_comes_back_with_a_toast(crm: Product) -> None:
    sales, record = crm.enter("mei"), deal(crm, "demo")
    moved = move(sales.open(record), record, "proposal", htmx=False)
    assert (moved.path, now(moved), moved.texts(kind="toast")) == (record, "Proposal", ["Moved to Proposal"])


def test_without_script_a_move_keeps_the_list_the_record_was_opened_from(crm: Product) -> None:
    sales, record = crm.enter("mei"), deal(crm, "demo")
    seen = sales.open(f"{record}?in=all&sort=-amount")
    form = seen.form(f"{record}/stage").values | {"stage": "lost"}
    asked = sales.send(f"{record}/stage", form, referer=f"http://crm.example.com{record}?in=all&sort=-amount")
    assert asked.form(f"{record}/stage").values["next"] == f"{record}?in=all&sort=-amount"
    moved = asked.submit(f"{record}/stage", {"lost_reason": "price"})
    assert moved.named("record").all("a", rel="next") or "All opportunities" in moved.words


def test_stages_one_may_not_go_to_cannot_be_pressed_and_are_refused(crm: Product) -> None:
    sales, record = crm.enter("mei"), deal(crm, "qualification")
    page = sales.open(record)
    pressable = [b["value"] for b in page.named("stage").all("button") if "aria-disabled" not in b and not b["type"]]
    assert pressable == ["demo", "proposal", "lost"]
    refused = move(page, record, "won")
    assert refused.status == 422 and "There is no move from “Qualification” to “Won”." in refused.words
    assert now(sales.open(record)) == "Qualification"


def test_a_move_asks_for_what_it_needs_and_goes_on_once_answered(crm: Product) -> None:
    sales, record = crm.enter("mei"), deal(crm, "demo")
    asked = move(sales.open(record), record, "lost")
    assert asked.status == 422 and "Lost" in asked.named("move-title").text
    assert asked.tree.all("select", name="lost_reason")
    unanswered = asked.submit_by_htmx(f"{record}/stage")
    assert (unanswered.status, unanswered.form(f"{record}/stage").values["stage"]) == (422, "lost")
    moved = unanswered.submit_by_htmx(f"{record}/stage", {"lost_reason": "price"})
    assert (moved.status, now(moved)) == (200, "Lost")
    assert sales.open(record).named("p-lost_reason").text == "Reason lost Price"


def test_a_condition_of_a_move_is_told_and_its_field_asked(crm: Product) -> None:
    sales, record = crm.enter("mei"), deal(crm, "proposal")
    sales.open(f"{record}/edit").submit(f"{record}/edit", {"amount": ""})
    refused = move(sales.open(record), record, "negotiation", htmx=False)
    assert refused.status == 422 and "Before a record moves to “Negotiation”, look at: Amount." in refused.words
    assert now(sales.open(record)) == "Proposal"


def test_reopening_takes_the_managers_role(crm: Product) -> None:
    record = deal(crm, "lost")
    refused = crm.enter("mei").send(f"{record}/stage", {})
    assert refused.status == 403
    page = crm.enter("mei").open(record)
    refused = move(page, record, "qualification")
    assert "Your role does not allow the move from “Lost” to “Qualification”." in refused.words
    assert now(move(crm.enter("henrik").open(record), record, "qualification")) == "Qualification"


def test_a_stage_somebody_else_changed_is_not_overwritten(crm: Product) -> None:
    record = deal(crm, "demo")
    first, second = crm.enter("mei").open(record), crm.enter("henrik").open(record)
    move(first, record, "proposal")
    refused = move(second, record, "qualification")
    assert refused.status == 422 and "The record was changed meanwhile" in refused.words
    assert now(crm.enter("mei").open(record)) == "Proposal"


def test_the_board_shows_lanes_with_sums_and_cards_with_short_dates(crm: Product) -> None:
    page = crm.enter("mei").open("/e/opportunity/v/board")
    lanes = [lane["id"] for lane in page.tree.all(kind="lane") if lane["id"]]
    assert lanes == ["lane-qualification", "lane-demo", "lane-proposal", "lane-negotiation", "lane-ready_to_close"]
    assert [zone["id"] for zone in page.tree.all(kind="endzone")] == ["lane-won", "lane-lost"]
    dates = [date.text for card in page.tree.all("li", "kcard") for date in card.all("span", "xs")]
    assert dates and all(len(date.split()) == 2 for date in dates)
    assert [a.text for a in page.tree.all("a", "nav", aria_current="page")] == ["Pipeline"]


def test_a_card_is_moved_on_the_board_and_takes_its_lanes_along(crm: Product) -> None:
    sales = crm.enter("mei")
    board = sales.open("/e/opportunity/v/board")
    card = board.named("lane-demo").one("li", "kcard")
    sent = {"_csrf": board.tree.one(kind="board")["data-csrf"], "version": card["data-version"], "place": "board"}
    moved = sales.send(card["data-move"], sent | {"stage": "proposal"}, hx_request="true")
    assert moved.status == 200 and moved.named(card["id"])["data-version"] == str(int(card["data-version"]) + 1)
    assert all(
        f'hx-target="#{part}"' in moved.html for part in ("lane-head-demo", "lane-head-proposal", "board-totals")
    )
    assert card["id"] in {c["id"] for c in sales.open("/e/opportunity/v/board").named("lane-proposal").all("li")}


def test_a_card_that_may_not_move_brings_the_dialog(crm: Product) -> None:
    sales = crm.enter("mei")
    board = sales.open("/e/opportunity/v/board")
    card = board.named("lane-demo").one("li", "kcard")
    sent = {"_csrf": board.tree.one(kind="board")["data-csrf"], "version": card["data-version"], "place": "board"}
    asked = sales.send(card["data-move"], sent | {"stage": "lost"}, hx_request="true")
    assert asked.status == 422 and asked.form(card["data-move"]).values["place"] == "board"
    moved = asked.submit_by_htmx(card["data-move"], {"lost_reason": "timing"})
    assert moved.status == 200 and moved.tree.all(id=card["id"])
