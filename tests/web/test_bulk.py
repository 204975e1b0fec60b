"""Many records of a list at once, without script: the boxes of the rows belong to the form of the bar."""

from __future__ import annotations

import pytest

from engine.web.bulk_selection import MOST_TICKED
from tests.browsing.browser import Browser, Page
from tests.product import Product

LIST = "/e/opportunity/v/all?sort=-amount"
ACT = "/e/opportunity/bulk"


def ids(page: Page) -> list[str]:
    return [row["data-id"] for row in page.tree.all("tr") if row["data-id"]]


def press(browser: Browser, chosen: list[str], do: str, at: str = LIST, **more: str) -> Page:
    """Tick the boxes of these records and press a button of the bar; `more` is what its dialog asks for."""
    page = browser.open(at)
    pairs = [(name, value) for name, value in page.form(ACT).filled({}) if name not in ("id", "all")]
    named = [(name.replace("__", "."), value) for name, value in more.items()]
    return browser.send(ACT, [*pairs, *(("id", each) for each in chosen), ("do", do), *named])


def cells(page: Page, chosen: list[str]) -> list[str]:
    return [row.text for row in page.tree.all("tr") if row["data-id"] in chosen]


def person(browser: Browser, name: str) -> str:
    return next(o["data-value"] for o in browser.open(f"/pick/user?q={name}").tree.all(role="option"))


def test_ticked_records_are_deleted_and_put_back(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:3]
    boxes = [box["value"] for box in admin.open(LIST).tree.all("input", name="id", form="bulk")]
    deleted = press(admin, chosen, "delete")
    assert boxes[:3] == chosen and deleted.path == LIST and not set(chosen) & set(ids(deleted))
    assert deleted.texts(kind="toast") == ["3 deleted Undo Z"]
    undo = deleted.tree.one(kind="toast").one("form")["action"]
    back = deleted.submit(undo)
    assert back.texts(kind="toast") == ["3 put back"] and ids(back)[:3] == chosen
    assert back.path == LIST


@pytest.mark.parametrize("do", ["delete", "ask"])
def test_more_ticked_records_than_can_be_taken_are_refused_and_none_is_touched(b2b: Product, do: str) -> None:
    admin = b2b.enter("dana")
    page = admin.open(LIST)
    known = ids(page)
    pairs = [(name, value) for name, value in page.form(ACT).filled({}) if name not in ("id", "all")]
    many = [*known, *map(str, range(1, MOST_TICKED))]
    url = ACT if do == "delete" else "/e/opportunity/export"
    told = admin.send(url, [*pairs, *(("id", each) for each in many), ("do", do)])
    reason = "These are more than 4,000 ticked records. Nothing was done; select all of the view instead"
    assert told.path == LIST and reason in told.words and ids(told) == known


def test_records_one_may_not_see_are_left_and_told_one_by_one(b2b: Product) -> None:
    everything, sales = ids(b2b.enter("dana").open(LIST)), b2b.enter("mei")
    told = press(sales, everything[:2], "delete")
    assert told.path.startswith("/operations/") and "1 record done. 1 left as they were." in told.words
    assert "A record you cannot open A record changed or is gone." in told.words
    assert told.follow("Opportunities").path == LIST
    left = [each for each in everything[:2] if each in ids(b2b.enter("dana").open(LIST))]
    assert len(left) == 1


def test_a_new_owner_is_asked_for_and_given(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:2]
    asked = press(admin, chosen, "assign")
    assert asked.status == 200 and "Assign Opportunities" in asked.words
    missing = press(admin, chosen, "assign", apply="1", v__owner="")
    assert missing.status == 422 and "Owner" in missing.tree.one(kind="field__error").text
    done = press(admin, chosen, "assign", apply="1", v__owner=person(admin, "tom"))
    assert done.texts(kind="toast") == ["2 assigned Undo Z"]
    tom = b2b.enter("tom").open("/inbox")
    assert "Dana Whitlock assigned 2 records of Opportunities to you" in tom.words
    opened = tom.submit(tom.tree.one(kind="notice").all("form")[0]["action"])
    assert opened.path.startswith("/e/opportunity/v/all?f=owner") and "Tom Okafor" in opened.words
    assert len(cells(done, chosen)) == 2 and all("Tom" in row for row in cells(done, chosen))


def test_a_field_is_chosen_and_its_value_written_with_its_own_control(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:2]
    pick = press(admin, chosen, "edit").tree.one("select", name="field")
    labels = [option.text for option in pick.all("option")]
    assert "Next step" in labels and "Stage" not in labels and "Lines" not in labels
    asked = press(admin, chosen, "edit", field="close_date")
    assert asked.tree.one("input", name="v.close_date") and asked.tree.one(name="apply")["value"] == "1"
    wrong = press(admin, chosen, "edit", field="close_date", apply="1", v__close_date="soon")
    assert wrong.status == 422 and wrong.tree.one("input", name="v.close_date")["value"] == "soon"
    done = press(admin, chosen, "edit", field="next_step", apply="1", v__next_step="Send a sample")
    assert done.texts(kind="toast") == ["2 changed Undo Z"]
    record = admin.open(f"/e/opportunity/{chosen[0]}")
    assert "Send a sample" in record.words
    emptied = press(admin, chosen, "edit", field="next_step", apply="1", v__next_step="")
    assert emptied.texts(kind="toast") == ["2 changed Undo Z"]
    assert "Send a sample" not in admin.open(f"/e/opportunity/{chosen[0]}").named("record").text


def test_a_required_field_is_not_emptied(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:2]
    refused = press(admin, chosen, "edit", field="account", apply="1", v__account="")
    assert refused.status == 422 and ids(admin.open(LIST))[:2] == chosen


def test_the_history_says_that_it_was_done_to_many_at_once(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:1]
    press(admin, chosen, "edit", field="next_step", apply="1", v__next_step="Send a sample")
    assert "with many records at once" in admin.open(f"/e/opportunity/{chosen[0]}/history").words


def test_a_move_asks_for_what_its_guard_asks_and_fills_it_in_where_it_is_missing(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = [str(each) for each in b2b.ids("opportunity", "stage:any_of:demo,proposal")[:3]]
    stages = [option["value"] for option in press(admin, chosen, "move").tree.one("select", name="stage").all("option")]
    assert "lost" in stages
    asked = press(admin, chosen, "move", stage="lost")
    names = [control["name"] for control in asked.tree.all() if control["name"].startswith("v.")]
    assert names
    refused = press(admin, chosen, "move", stage="lost", apply="1")
    assert "3 left as they were" in refused.words and "This has to be filled first." in refused.words


def test_all_of_a_view_is_what_its_filters_leave(b2b: Product) -> None:
    admin = b2b.enter("dana")
    at = "/e/opportunity/v/all?f=stage%3Aany_of%3Ademo"
    wanted, others = ids(admin.open(at)), b2b.ids("opportunity", "stage:none_of:demo")
    asked = press(admin, [], "edit", at=at, all="1", field="next_step")
    assert f"All {len(wanted)} Opportunities in this view." in asked.words
    done = press(admin, [], "edit", at=at, all="1", field="next_step", apply="1", v__next_step="All of them")
    assert done.texts(kind="toast") == [f"{len(wanted)} changed Undo Z"] and done.path == at
    found = b2b.ids("opportunity", "next_step:contains:All of them")
    assert sorted(map(str, found)) == sorted(wanted) and not set(found) & set(others)


def test_all_of_a_view_is_what_the_person_may_see(b2b: Product) -> None:
    mei = b2b.enter("mei")
    hers = b2b.ids("opportunity", person="mei")
    done = press(mei, [], "edit", at="/e/opportunity/v/all", all="1", field="next_step", apply="1", v__next_step="Mine")
    assert str(len(hers)) in done.words
    assert set(b2b.ids("opportunity", "next_step:contains:Mine")) <= set(hers)


def test_all_of_a_view_is_deleted_after_its_number_was_told(b2b: Product) -> None:
    admin = b2b.enter("dana")
    at = "/e/opportunity/v/all?f=stage%3Aany_of%3Ademo"
    wanted = ids(admin.open(at))
    asked = press(admin, [], "delete", at=at, all="1")
    told = f"All {len(wanted)} Opportunities in this view. They go to the recycle bin."
    assert told in asked.words and ids(admin.open(at)) == wanted
    deleted = press(admin, [], "delete", at=at, all="1", apply="1")
    assert deleted.texts(kind="toast") == [f"{len(wanted)} deleted Undo Z"] and ids(deleted) == []


def test_who_may_not_work_in_bulk_has_no_bar_and_is_refused(b2b: Product) -> None:
    product = b2b.enter("mei").open("/e/product")
    assert [button["value"] for button in product.tree.all("button", name="do")] == []
    token = next(pair for pair in b2b.enter("mei").open(LIST).form(ACT).filled({}) if pair[0] == "_csrf")
    mei = b2b.enter("mei")
    token = next(pair for pair in mei.open(LIST).form(ACT).filled({}) if pair[0] == "_csrf")
    refused = mei.send("/e/product/bulk", [token, ("do", "delete"), ("id", "1")])
    assert refused.status == 403 and "many records of Products at once" in refused.words


@pytest.mark.parametrize("chosen", [[], ["x"], ["-1"], ["99999999999999999999"], ["１"]])
def test_hostile_selections_do_nothing(b2b: Product, chosen: list[str]) -> None:
    admin, before = b2b.enter("dana"), b2b.ids("opportunity")
    assert press(admin, chosen, "delete").texts(kind="toast") == ["Nothing is selected."]
    assert b2b.ids("opportunity") == before


def test_hostile_forms_do_nothing(b2b: Product) -> None:
    admin, before = b2b.enter("dana"), b2b.ids("opportunity")
    one = [str(before[0])]
    assert press(admin, one, "nonsense").status == 404
    assert press(admin, one, "edit", field="created_by", apply="1", v__created_by="1").tree.one("select", name="field")
    assert press(admin, one, "move", stage="nowhere", apply="1").tree.one("select", name="stage")
    token = next(pair for pair in admin.open(LIST).form(ACT).filled({}) if pair[0] == "_csrf")
    for place in ("/e/opportunity/v/nothing", "/e/account/v/all", "/e/opportunity/v/board", "//evil.example", ""):
        pairs = [token, ("next", place), ("all", "1"), ("do", "delete"), ("apply", "1")]
        assert admin.send(ACT, pairs).status == 404
    assert b2b.ids("opportunity") == before
    assert admin.send(f"{ACT}/undo?operation=x", [token]).status == 404
