"""Several records of a list at once, without script: the boxes of the rows belong to the form of the bar."""

from __future__ import annotations

from tests.browsing.browser import Browser, Page
from tests.product import Product

LIST = "/e/opportunity/v/all?sort=-amount"
ACT = "/e/opportunity/bulk"


def ids(page: Page) -> list[str]:
    return [row["data-id"] for row in page.tree.all("tr") if row["data-id"]]


def press(browser: Browser, chosen: list[str], do: str, **more: str) -> Page:
    """Tick the boxes of these records and press a button of the bar."""
    page = browser.open(LIST)
    pairs = [(name, value) for name, value in page.form(ACT).filled({}) if name != "id"]
    return browser.send(ACT, [*pairs, *(("id", each) for each in chosen), ("do", do), *more.items()])


def test_selected_records_are_deleted_and_come_back(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:3]
    boxes = [box["value"] for box in admin.open(LIST).tree.all("input", name="id", form="bulk")]
    deleted = press(admin, chosen, "delete")
    assert boxes[:3] == chosen and deleted.path == LIST and not set(chosen) & set(ids(deleted))
    assert deleted.texts(kind="toast") == ["3 deleted Undo Z"]
    undo = deleted.tree.one(kind="toast").one("form")["action"]
    back = deleted.submit(undo)
    assert back.texts(kind="toast") == ["3 restored"] and ids(back)[:3] == chosen


def test_records_one_may_not_see_are_left_and_told(b2b: Product) -> None:
    everything, sales = ids(b2b.enter("dana").open(LIST)), b2b.enter("mei")
    told = press(sales, everything[:2], "delete").texts(kind="toast")[0]
    assert told == "1 deleted, 1 could not be: A record changed or is gone. Undo Z"
    left = [each for each in everything[:2] if each in ids(b2b.enter("dana").open(LIST))]
    assert len(left) == 1


def test_a_new_owner_is_asked_for_and_given(b2b: Product) -> None:
    admin = b2b.enter("dana")
    chosen = ids(admin.open(LIST))[:2]
    asked = press(admin, chosen, "assign")
    assert asked.status == 200 and "Assign 2 records" in asked.words
    tom = next(o["data-value"] for o in admin.open("/pick/user?q=tom").tree.all(role="option"))
    done = press(admin, chosen, "assign", owner=tom)
    assert done.texts(kind="toast") == ["2 assigned"]
    rows = [row.text for row in done.tree.all("tr") if row["data-id"] in chosen]
    assert len(rows) == 2 and all("Tom" in row for row in rows)


def test_hostile_selections_do_nothing(b2b: Product) -> None:
    admin, before = b2b.enter("dana"), b2b.ids("opportunity")
    for chosen in ([], ["x"], ["-1"], ["99999999999999999999"], ["１"], ["1"]):
        assert press(admin, chosen, "delete").status == 200
    assert press(admin, [str(before[0])], "nonsense").status == 404
    assert b2b.ids("opportunity") == before
