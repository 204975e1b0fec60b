"""Exports from a page: what a person looks at becomes a file, for who may, and no more than they may see."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from engine.access.actor import ENGINE
from engine.access.grants import set_roles
from engine.web.views import exports
from tests.browsing.browser import Browser, Page
from tests.product import Product

LIST = "/e/opportunity/v/all?f=amount%3Aat_least%3A20000&sort=-amount&q=a"
EXPORT = "/e/opportunity/export"


def asked(browser: Browser, page: str = LIST) -> Page:
    """The dialog that the menu of the page leads to."""
    return browser.open(browser.open(page).link("Export…", "view-menu"))


def rows(page: Page) -> list[dict[str, str]]:
    assert page.status == 200 and page.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(page.answer.content.decode("utf-8-sig"), newline="")))


def test_a_list_is_exported_with_its_filters_order_search_and_columns(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    shown = admin.open(LIST)
    heads = [head.text for head in shown.tree.all("th") if head["data-column"]]
    names = [
        row.one("td", "dtable__title").text if row.all("td", "dtable__title") else ""
        for row in shown.tree.all("tr")
        if row["data-id"]
    ]
    exported = rows(asked(admin).submit(EXPORT, {"format": "csv", "columns": "view"}))
    assert list(exported[0]) == heads and 1 < len(exported) == len(names)
    amounts = [float(row["Amount"]) for row in exported]
    assert amounts == sorted(amounts, reverse=True) and min(amounts) >= 20000


def test_the_dialog_says_how_many_records_and_columns(shared_b2b: Product) -> None:
    page = asked(shared_b2b.enter("dana"), "/e/account/v/mine")
    assert page.status == 200 and "records of “My accounts”, with its filters and order" in page.words
    assert page.texts("b", "medium") == ["Excel", "CSV", "JSON"]
    assert "What the view shows (7 columns)" in page.words


@pytest.mark.parametrize(
    ("view", "heads"),
    [
        ("opportunity/v/board", "Name,Account,Amount,Close date,Owner,Stage"),
        ("opportunity/v/pivot", "Name,"),
        ("activity/v/calendar", "Subject,"),
        ("product/v/gallery", "Name,"),
        ("account/v/groups", "Name,"),
    ],
)
def test_every_kind_of_view_can_be_exported(shared_b2b: Product, view: str, heads: str) -> None:
    entity = view.partition("/")[0]
    sent = asked(shared_b2b.enter("dana"), f"/e/{view}").submit(f"/e/{entity}/export", {"format": "csv"})
    first, *lines = sent.answer.content.decode("utf-8-sig").splitlines()
    assert first.startswith(heads) and lines


def test_all_fields_come_with_the_id(shared_b2b: Product) -> None:
    page = asked(shared_b2b.enter("dana")).submit(EXPORT, {"format": "csv", "columns": "all", "names": "1"})
    assert {"id", "name", "stage", "created_at", "owner"} <= set(rows(page)[0])


def test_selected_records_alone_are_exported(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    chosen = shared_b2b.ids("opportunity")[:2]
    listed = admin.open("/e/opportunity/v/all")
    pairs = [(name, value) for name, value in listed.form("/e/opportunity/bulk").filled({}) if name != "id"]
    page = admin.send(EXPORT, [*pairs, *(("id", str(each)) for each in chosen), ("do", "ask")])
    assert "2 selected records" in page.words
    sent = page.submit(EXPORT, {"format": "json", "columns": "all"})
    assert {row["id"] for row in json.loads(sent.answer.content)} == set(map(str, chosen))


def test_all_of_a_view_is_more_than_what_is_ticked(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    pairs = [(name, value) for name, value in admin.open(LIST).form("/e/opportunity/bulk").filled({}) if name != "id"]
    chosen = ("id", str(shared_b2b.ids("opportunity")[0]))
    page = admin.send(EXPORT, [*pairs, chosen, ("all", "1"), ("do", "ask")])
    assert "records of “All opportunities”" in page.words and not page.tree.all("input", name="id")


def test_a_saved_view_is_exported_as_the_person_has_it(b2b: Product) -> None:
    mei = b2b.enter("dana")
    mei.open(f"/e/opportunity/v/all?f={quote('amount:at_least:50000')}&cols=name,amount").submit(
        "/e/opportunity/views", {"name": "Large"}
    )
    exported = rows(
        asked(mei, mei.open("/e/opportunity").link("Large")).submit(EXPORT, {"format": "csv", "columns": "view"})
    )
    assert list(exported[0]) == ["Name", "Amount"] and all(float(row["Amount"]) >= 50000 for row in exported)


def test_who_may_not_export_sees_no_entry_and_is_refused(shared_b2b: Product) -> None:
    sales = shared_b2b.enter("mei")
    page = sales.open("/e/opportunity/v/all")
    assert "Export" not in page.words
    for answer in (sales.open(EXPORT), sales.send(EXPORT, {"_csrf": page.form("/e/opportunity/bulk").values["_csrf"]})):
        assert (answer.status, "Your role may not export these records." in answer.words) == (403, True)


def test_an_export_is_kept_in_the_books(b2b: Product) -> None:
    asked(b2b.enter("dana")).submit(EXPORT, {"format": "xlsx", "columns": "view"})
    done = b2b.services.operations.listed(ENGINE, everybody=True, limit=1)[0]
    assert (done.kind, done.entity, done.state, done.total) == ("export", "opportunity", "done", done.done)
    assert done.settings["filters"] == ["amount:at_least:20000"] and not done.undoable
    assert b2b.services.exports.find(done.id) is None


def test_many_records_are_written_in_the_background_and_kept_for_a_day(
    b2b: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    admin = b2b.enter("dana", follow=False)
    page = asked(admin)
    assert "More than 3 records: the file is made in the background, and is kept for a day." in page.words
    sent = page.submit(EXPORT, {"format": "csv", "columns": "view"})
    operation = int(sent.headers["location"].rpartition("/")[2])
    assert sent.status == 303 and admin.open(f"/exports/{operation}").status == 404
    b2b.services.runner.run_next()
    done = b2b.services.operations.read(ENGINE, operation)
    assert done.result["links"] == [["export.download", f"/exports/{operation}"]] and done.total == done.done
    assert len(rows(admin.open(f"/exports/{operation}"))) == done.done
    assert b2b.enter("henrik").open(f"/exports/{operation}").status == 404
    b2b.clock.advance(timedelta(hours=23))
    assert admin.open(f"/exports/{operation}").status == 200
    b2b.clock.advance(timedelta(hours=2))
    assert admin.open(f"/exports/{operation}").status == 404
    b2b.services.exports.tidy()
    assert not list((b2b.services.settings.data_folder / "exports").iterdir())


def test_who_lost_the_right_gets_no_file(b2b: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    sent = asked(b2b.enter("dana", follow=False)).submit(EXPORT, {"format": "csv"})
    operation = b2b.services.operations.read(ENGINE, int(sent.headers["location"].rpartition("/")[2]))
    assert operation.actor_id
    with b2b.services.database.write() as connection:
        set_roles(connection, operation.actor_id, ["sales"])
    b2b.services.runner.run_next()
    ended = b2b.services.operations.read(ENGINE, operation.id)
    assert (ended.state, ended.done, b2b.services.exports.find(operation.id)) == ("failed", 0, None)


@pytest.mark.parametrize(
    "words",
    [
        {"format": "exe", "columns": "x", "encoding": "utf-7"},
        {"from": "//evil.example.com/e/opportunity"},
        {"from": "/e/account/v/all"},
        {"from": "/e/opportunity/v/nothing"},
        {"id": "1 or 1=1"},
        {"from": "/e/opportunity/v/all?sort=nothing&f=x&f=amount:at_least:many&cols=key"},
    ],
)
def test_hostile_words_harm_nothing(shared_b2b: Product, words: dict[str, str]) -> None:
    admin = shared_b2b.enter("dana")
    token = asked(admin).form(EXPORT).values["_csrf"]
    sent = admin.send(EXPORT, {"_csrf": token, "format": "json", **words})
    assert sent.status in (200, 404)
    assert sent.status == 404 or sent.headers["content-disposition"].startswith("attachment; filename*=UTF-8''Opport")


@pytest.mark.parametrize("path", ["/exports/1", "/exports/x", "/exports/99999999999999999999", "/e/nothing/export"])
def test_what_is_not_there_is_not_found(shared_b2b: Product, path: str) -> None:
    assert shared_b2b.enter("dana").open(path).status == 404
