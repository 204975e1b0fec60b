"""The fundraising blueprint, as its people use it: gifts and their split, grants on the board, who sees what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.product import Product, found, running


@pytest.fixture(scope="module")
def nonprofit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("nonprofit")
    found(folder, "nonprofit")
    with running(folder) as product:
        yield product


def one(crm: Product, entity: str, *conditions: str) -> str:
    return str(crm.ids(entity, *conditions)[0])


def test_a_fundraiser_records_a_gift_with_its_split(nonprofit: Product) -> None:
    ada = one(nonprofit, "constituent", "name:contains:Ada Brightwell")
    rivers, general = (one(nonprofit, "fund", f"code:is:{code}") for code in ("CLR", "GEN"))
    page = nonprofit.enter("amara").open("/e/gift/new").submit("/e/gift/new", press=("_add", "allocations"))
    gift = {"number": "G-0121", "donor": ada, "amount": "500", "method": "bank", "allocations.0.fund": rivers}
    page = page.submit("/e/gift/new", gift | {"allocations.0.amount": "350"}, press=("_add", "allocations"))
    saved = page.submit("/e/gift/new", {"allocations.1.fund": general, "allocations.1.amount": "150"})
    assert saved.texts("h1") == ["G-0121"] and saved.named("p-amount").text == "Amount $500"
    split = [row.texts("td")[:2] for row in saved.named("lines-allocations").all("tr") if row["data-id"]]
    assert split == [["Clean rivers", "$350"], ["General operations", "$150"]]
    asked = saved.submit_by_htmx(f"{saved.path}/stage", press=("stage", "received"))
    assert asked.status == 422 and asked.tree.all("input", name="received_on")
    moved = asked.submit_by_htmx(f"{saved.path}/stage", {"received_on": "4 Mar 2026"})
    assert moved.tree.one(aria_current="step").one("span").text == "Received"


def test_wrong_amounts_and_dates_are_refused_beside_their_fields(nonprofit: Product) -> None:
    sales = nonprofit.enter("amara")
    donor = one(nonprofit, "constituent", "name:contains:Tarnwold")
    typed = {"number": "G-0122", "donor": donor, "amount": "0"}
    refused = sales.open("/e/gift/new").submit("/e/gift/new", typed)
    assert (refused.status, refused.error("c-amount")) == (422, "Enter 0.01 or more.")
    assert refused.form("/e/gift/new").values["amount"] == "0"
    refused = refused.submit("/e/gift/new", {"amount": "10", "soft_credit": donor})
    assert (refused.status, refused.error("c-soft_credit")) == (422, "Soft credit must differ from “Donor”.")
    campaign = {"name": "Backwards", "starts_on": "10 Mar 2026", "ends_on": "9 Mar 2026"}
    refused = sales.open("/e/campaign/new").submit("/e/campaign/new", campaign)
    assert (refused.status, refused.error("c-ends_on")) == (422, "Ends on must not be before “Starts on”.")


def test_a_grant_is_submitted_on_the_board_once_it_may(nonprofit: Product) -> None:
    browser = nonprofit.enter("amara")
    board = browser.open("/e/grant/v/board")
    card = next(c for c in board.named("lane-writing").all("li", "kcard") if "Exhibits" in c.text)
    sent = {"_csrf": board.tree.one(kind="board")["data-csrf"], "version": card["data-version"], "place": "board"}
    refused = browser.send(card["data-move"], sent | {"stage": "awarded"}, hx_request="true")
    assert refused.status == 422 and "There is no move from “Writing” to “Awarded”." in refused.words
    asked = browser.send(card["data-move"], sent | {"stage": "submitted"}, hx_request="true")
    assert asked.status == 422 and asked.tree.all("input", name="submitted_on")
    moved = asked.submit_by_htmx(card["data-move"], {"submitted_on": "4 Mar 2026"})
    assert moved.status == 200
    lane = browser.open("/e/grant/v/board").named("lane-submitted")
    assert card["id"] in {c["id"] for c in lane.all("li", "kcard")}


def test_a_volunteer_coordinator_plans_shifts_and_sees_no_gifts(nonprofit: Product) -> None:
    coordinator = nonprofit.enter("wen")
    gift, ada = one(nonprofit, "gift"), one(nonprofit, "constituent", "name:contains:Ada Brightwell")
    for path in ("/e/gift", f"/e/gift/{gift}", f"/e/gift/{gift}/edit", "/e/gift/v/board", "/e/grant", "/e/fund"):
        assert coordinator.open(path).status == 404
    person = coordinator.open(f"/e/constituent/{ada}")
    assert person.status == 200 and "Volunteer shifts" in person.words and "Gift" not in person.words
    shift = {"task": "Seed sorting", "volunteer": ada, "day": "7 Mar 2026", "starts": "9:30", "planned_time": "2h"}
    made = coordinator.open("/e/shift/new").submit("/e/shift/new", shift)
    assert made.named("p-planned_time").text == "Planned time 2 h"


def test_a_chinese_page_is_chinese(nonprofit: Product) -> None:
    browser = nonprofit.enter("felix")
    browser.open("/profile").submit("/profile", {"language": "zh-CN"})
    page = browser.open("/e/gift/v/no_receipt")
    assert page.texts("h1") == ["捐赠"] and {"捐赠编号", "捐赠人", "到账日期"} <= set(page.words.split())
    assert "未开票据" in page.words and "募捐项目" in page.tree.one("nav", "side").text
    assert browser.open("/e/gift/new").status == 200


def test_a_shift_stands_in_the_timeline_of_the_volunteer(nonprofit: Product) -> None:
    shift = one(nonprofit, "shift", "status:any_of:planned")
    amara = nonprofit.enter("amara")
    page = amara.open(f"/e/shift/{shift}")
    volunteer = page.named("p-volunteer").one("a", "quiet")["href"]
    side = amara.open(f"{volunteer}/activity")
    event = next(link for link in side.tree.all("a", "tl__task") if link["href"] == f"/e/shift/{shift}")
    assert event.text == page.texts("h1")[0]


def test_the_calendar_of_shifts_is_one_step_away(nonprofit: Product) -> None:
    page = nonprofit.enter("amara").open("/tasks")
    calendar = next(link for link in page.tree.all("a", "nav") if link.text == "Calendar")
    shown = nonprofit.enter("amara").open(calendar["href"])
    assert shown.status == 200 and calendar["href"] == "/e/shift/v/calendar"


def test_one_of_several_words_is_added_to_many_people_and_taken_off_again(nonprofit: Product) -> None:
    amara, act = nonprofit.enter("amara"), "/e/constituent/bulk"
    page = amara.open("/e/constituent")
    people = [row["data-id"] for row in page.tree.all("tr") if row["data-id"]][:3]
    hidden = [(name, value) for name, value in page.form(act).filled({}) if name not in ("id", "all")]
    chosen = [*hidden, *(("id", each) for each in people), ("do", "tag"), ("field", "relationship")]
    asked = amara.send(act, chosen)
    assert [mode["value"] for mode in asked.tree.all("input", name="mode")] == ["add", "remove"]

    def said(mode: str) -> list[str]:
        typed = [("mode", mode), ("v.relationship", "board"), ("apply", "1")]
        return amara.send(act, [*chosen, *typed]).texts(kind="toast")

    assert said("add") == ["3 tagged Undo Z"]
    board = nonprofit.ids("constituent", "relationship:any_of:board", person="amara")
    assert set(map(int, people)) <= set(board)
    assert said("remove") == ["Tags taken off 3 Undo Z"]
    assert not set(map(int, people)) & set(nonprofit.ids("constituent", "relationship:any_of:board", person="amara"))
    nothing = amara.send(act, [*chosen, ("mode", "add"), ("apply", "1")])
    assert nothing.status == 422 and nothing.tree.one(kind="field__error").text == "Relationship is required."
