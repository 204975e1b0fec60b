"""An import to its end through the pages, without script: checked, repaired, run, taken back."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from engine.access.actor import ENGINE
from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.test_imports import CONTACTS, upload, workbook

DEALS = "/e/opportunity/import"


def checked(page: Page, **typed: str) -> Page:
    """Go on from the columns to the check."""
    return page.submit(page.path, typed, ("do", "check"))


def figures(page: Page) -> dict[str, str]:
    cards = page.tree.one(kind="sumcards").all("div")
    return {card.one("dt").text: card.one("dd").text for card in cards}


def repair(page: Page, label: str, **typed: str) -> Page:
    """Press what an issue offers."""
    button = next(each for each in page.tree.all("button", name="do") if each.text == label)
    return page.submit(page.path, typed, ("do", button["value"]))


def imported(page: Page) -> Page:
    return page.submit(page.path.replace("/check", "/start"))


def count(browser: Browser, entity: str, condition: str) -> int:
    """How many records a list shows under a condition."""
    rows = browser.open(f"/e/{entity}/v/all?f={condition}").tree.all("tr")
    return sum(bool(row["data-id"]) for row in rows)


def test_rows_are_checked_repaired_imported_and_taken_back(b2b: Product) -> None:
    admin = b2b.enter("dana")
    page = checked(upload(admin))
    assert page.path.endswith("/check")
    assert figures(page) == {"will be created": "1", "will be updated": "0", "errors, will be left out": "1"}
    assert page.texts(kind="issue__text") == ["1 row, Account: There is no Account “New”."]
    better = repair(page, "Create them")
    assert figures(better) == {"will be created": "2", "will be updated": "0", "errors, will be left out": "0"}
    assert "1 new in Accounts" in better.words and count(admin, "contact", "email:is:ada@moss.example") == 0
    done = imported(better)
    assert done.path.endswith("/run") and "2 rows imported" in done.words
    assert "Contacts: 2 created, 0 updated" in done.words
    assert count(admin, "contact", "email:is:ada@moss.example") == 1 and count(admin, "account", "name:is:New") == 1
    undo = next(form["action"] for form in done.tree.all("form") if form["action"].endswith("/undo"))
    assert done.submit(undo).path == done.path
    assert count(admin, "contact", "email:is:ada@moss.example") == 0
    assert "The import was taken back" in admin.open(done.path).words


def test_a_refused_row_shows_its_cell_and_reason_and_is_given_back_as_a_file(b2b: Product) -> None:
    admin = b2b.enter("dana")
    text = "Name,E-mail,Account\nAda,ada.example,Winterreach Growers\nBo,b@c.example,Winterreach Growers\n"
    page = checked(upload(admin, text))
    assert page.tree.one(kind="import__main").one("h2").text == "1 row is ready, 1 needs a look"
    row = [cell.text for cell in page.tree.one(kind="import__rows").all("td")]
    wrong = page.tree.one(kind="import__rows").texts(kind="fixcell")
    assert row[0] == "2" and len(wrong) == 1 and wrong[0].startswith("ada.example E-mail in row 2: ")
    file = admin.open(f"{page.path.removesuffix('/check')}/errors/csv")
    read = list(csv.reader(StringIO(file.answer.content.decode("utf-8-sig"))))
    assert read[0][:3] == ["Name", "E-mail", "Account"] and read[1][:3] == ["Ada", "ada.example", "Winterreach Growers"]
    assert file.headers["content-disposition"].startswith("attachment") and len(read) == 2
    done = imported(page)
    assert "1 row imported" in done.words and "1 row was left out" in done.words
    links = [link["href"] for link in done.tree.all("a") if "/errors/" in link["href"]]
    assert len(links) == 2 and all(admin.open(link).status == 200 for link in links)


def rows_of(page: Page, figure: str) -> tuple[str, list[str]]:
    """The title over the rows that open behind a figure, and their cells."""
    link = next(each for each in page.tree.one(kind="sumcards").all("a") if each.text == figure)
    opened = page.browser.open(page.path + link["href"])
    assert [each.text for each in opened.tree.one(kind="sumcards").all("a") if each["aria-current"]] == [figure]
    return opened.tree.one(kind="import__sub").text, [
        cell.text for cell in opened.tree.one(kind="import__rows").all("td")
    ]


def test_the_rows_behind_each_figure_are_shown(b2b: Product) -> None:
    admin = b2b.enter("dana")
    imported(checked(upload(admin, CONTACTS.split("Bo")[0])))
    text = CONTACTS.split("Bo")[0] + "Cy,cy@moss.example,Winterreach Growers\nDi,di.example,Winterreach Growers\n"
    page = checked(upload(admin, text), key="email", mode="both")
    assert figures(page) == {"will be created": "1", "will be updated": "1", "errors, will be left out": "1"}
    new = ("The row that will be created", ["3", "Cy", "cy@moss.example", "Winterreach Growers"])
    changed = ("The row that will be updated", ["2", "Ada Moss", "ada@moss.example", "Winterreach Growers"])
    assert rows_of(page, "will be created") == new and rows_of(page, "will be updated") == changed
    assert rows_of(page, "errors, will be left out")[0].startswith("The row with an error")


def test_unknown_values_are_given_options_on_the_page_of_the_check(b2b: Product) -> None:
    text = "Name,Account,Stage,Amount\nA deal,Winterreach Growers,Zzz,100\n"
    page = checked(upload(b2b.enter("dana"), text, "deals.csv", DEALS))
    value = next(each for each in page.tree.all("select") if each["name"].startswith("v."))
    chosen = next(option["value"] for option in value.all("option") if option["value"] not in ("", "-"))
    better = repair(page, "Read like this", **{value["name"]: chosen})
    assert figures(better)["errors, will be left out"] == "0"


def test_records_that_exist_are_updated_by_a_key_or_left_alone(b2b: Product) -> None:
    admin = b2b.enter("dana")
    imported(checked(upload(admin, CONTACTS.split("Bo")[0])))
    again = CONTACTS.split("Bo")[0].replace("Ada Moss", "Ada Field")
    updated = checked(upload(admin, again), key="email", mode="both")
    assert figures(updated) == {"will be created": "0", "will be updated": "1", "errors, will be left out": "0"}
    left = checked(upload(admin, again), key="email", mode="create")
    assert figures(left)["exist, stay as they are"] == "1" and "No row can be imported yet" in left.words
    assert left.tree.all("form", action=left.path.replace("/check", "/start")) == []
    imported(updated)
    assert count(admin, "contact", "name:is:Ada Field") == 1 and count(admin, "contact", "name:is:Ada Moss") == 0


def test_a_gbk_file_and_a_workbook_come_in_whole(b2b: Product) -> None:
    admin = b2b.enter("dana")
    text = "姓名,邮箱,客户\n张伟强,zhang@example.cn,Winterreach Growers\n".encode("gbk")
    page = upload(admin, text, "联系人.csv")
    place = next(s["name"] for s in page.tree.all("select") if s["aria-label"] == "Where 客户 goes")
    assert "1 row imported" in imported(checked(page, **{place: "account"})).words
    book = workbook(("Name", "E-mail", "Account"), ("Li Na", "lina@example.cn", "Winterreach Growers"))
    assert "1 row imported" in imported(checked(upload(admin, book, "people.xlsx"))).words
    assert count(admin, "contact", "name:is:张伟强") == count(admin, "contact", "name:is:Li Na") == 1


def test_an_import_that_ran_stays_as_it_was_and_leads_to_its_page(b2b: Product) -> None:
    admin = b2b.enter("dana")
    done = imported(checked(upload(admin, CONTACTS.split("Bo")[0])))
    here = done.path.removesuffix("/run")
    token = {"_csrf": admin.open("/profile").form("/profile").values["_csrf"]}
    assert admin.open(here).path == admin.open(f"{here}/check").path == done.path
    assert [admin.send(f"{here}{part}", token).status for part in ("", "/check", "/start", "/drop")] == [404] * 4
    assert admin.open("/imports").texts(kind="imports__i") == ["contacts.csv Contacts, 1 row Done just now"]


def test_many_rows_are_checked_and_imported_in_the_background(b2b: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.web.views.imports.AT_ONCE", 200)
    admin = b2b.enter("dana")
    rows = "".join(f"Person {n},p{n}@many.example,Winterreach Growers\n" for n in range(201))
    page = checked(upload(admin, f"Name,E-mail,Account\n{rows}"))
    assert "Checking 201 rows" in page.words and page.tree.all(kind="progress")
    part = admin.fragment(page.path)
    assert part.html.lstrip().startswith('<div class="import import--one" id="run" hx-get=')
    waiting = b2b.services.operations.listed(ENGINE, everybody=True)[0]
    b2b.services.runner.run(waiting.id)
    ready = admin.open(page.path)
    assert figures(ready)["will be created"] == "201"
    assert "Importing 201 rows" in imported(ready).words
