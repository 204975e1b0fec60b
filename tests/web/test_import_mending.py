"""What is wrong in a file is mended on the page of the check, without script: a cell, or one text in all its rows."""

from __future__ import annotations

from engine.web.views import import_runs
from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.test_import_runs import DEALS, checked, count, figures, imported, repair
from tests.web.test_imports import upload

TEXT = "Name,E-mail,Account\nAda,ada.example,Winterreach Growers\nBo,b@c.example,Winterreach Growers\n"
BAD, NEW = "errors, will be left out", "will be created"


def mending(page: Page, number: int = 0) -> Page:
    """Open the wrong cell with this number."""
    link = page.tree.all("a", "fixcell")[number]
    return page.browser.open(f"{page.path.partition('?')[0]}{link['href'].partition('#')[0]}")


def mended(page: Page, text: str, number: int = 0) -> Page:
    opened = mending(page, number)
    here = opened.path.partition("?")[0].replace("/check", "/mend")
    form = opened.tree.one("form", "mend")
    values = {field["name"]: field["value"] for field in form.all("input") if field["name"] in ("_csrf", "place")}
    return page.browser.send(here, {**values, "text": text})


def start(browser: Browser, text: str = TEXT, name: str = "people.csv") -> Page:
    return checked(upload(browser, text, name))


def test_a_refused_cell_is_mended_where_it_stands_and_the_run_writes_what_was_typed(b2b: Product) -> None:
    admin = b2b.enter("dana")
    page = start(admin)
    assert figures(page)[BAD] == "1"
    opened = mending(page)
    field = opened.tree.one("form", "mend").one("input", name="text")
    assert (field["value"], field["aria-label"]) == ("ada.example", "E-mail in row 2")
    better = mended(page, "ada@moss.example")
    assert figures(better) == {NEW: "2", "will be updated": "0", BAD: "0"}
    assert figures(admin.open(better.path)) == figures(better) and "1 cell mended" in better.words
    assert "2 rows imported" in imported(better).words
    assert count(admin, "contact", "email:is:ada@moss.example") == 1


def test_what_is_mended_wrongly_stays_open_and_can_be_taken_back(b2b: Product) -> None:
    admin = b2b.enter("dana")
    still = mended(start(admin), "ada at moss")
    assert figures(still)[BAD] == "1" and still.tree.one("a", "fixcell").one("bdi").text == "ada at moss"
    good = mended(still, "ada@moss.example")
    back = next(form for form in good.tree.all("form") if form["action"].endswith("/mend"))
    values = {each["name"]: each["value"] for each in back.all("input")}
    undone = admin.send(back["action"], {**values, "do": "back"})
    assert figures(undone)[BAD] == "1" and undone.tree.one("a", "fixcell").one("bdi").text == "ada.example"


def test_a_missing_value_and_a_choice_are_mended_with_what_suits_them(b2b: Product) -> None:
    text = "Name,Account,Stage\n,Winterreach Growers,Demo\nA deal,Winterreach Growers,Zzz\n"
    page = checked(upload(b2b.enter("dana"), text, "deals.csv", DEALS))
    assert page.tree.all("a", "fixcell")[0].one("span").text == "Add name"
    options = [option.text for option in mending(page, 1).tree.one("form", "mend").all("option")]
    assert options[0] in ("Choose", "Leave empty") and "Demo" in options
    better = mended(mended(page, "First"), "Demo")
    assert figures(better) == {NEW: "2", "will be updated": "0", BAD: "0"}


def test_one_text_is_replaced_in_all_its_rows(b2b: Product) -> None:
    admin = b2b.enter("dana")
    rows = "".join(f"P{n},Winter reach\n" for n in range(37))
    page = start(admin, f"Name,Account\n{rows}Q,Winterreach Growers\n")
    assert page.texts(kind="issue__value") == ["Winter reach 37 rows"]
    name = next(each["name"] for each in page.tree.all("input") if each["name"].startswith("v."))
    better = repair(page, "Replace", **{name: "Winterreach Growers"})
    assert figures(better) == {NEW: "38", "will be updated": "0", BAD: "0"}
    assert "38 rows imported" in imported(better).words


def test_days_a_month_does_not_have_and_missing_names_are_repaired_at_once(b2b: Product) -> None:
    good = "".join(f"Deal {n},Winterreach Growers,{n}/03/2027\n" for n in range(13, 17))
    text = f"Name,Account,Close date\n,Winterreach Growers,31/02/2027\nA deal,Winterreach Growers,30/02/2027\n{good}"
    page = checked(upload(b2b.enter("dana"), text, "deals.csv", DEALS))
    assert figures(page)[BAD] == "2"
    better = repair(repair(page, "Use last day of month"), "Name after account")
    assert figures(better)[BAD] == "0"
    assert "6 rows imported" in imported(better).words
    assert count(b2b.enter("dana"), "opportunity", "name:is:Winterreach Growers") == 1


def test_hostile_places_and_the_imports_of_others_are_not_found(b2b: Product) -> None:
    admin = b2b.enter("dana")
    here = start(admin).path.replace("/check", "/mend")
    token = {"_csrf": admin.open("/profile").form("/profile").values["_csrf"], "text": "x"}
    for place in ("", "2", "x.1", "2.99", "1.1", "999999.1", "99999999999999999999.1", "2.-1", "²2.1"):
        assert admin.send(here, {**token, "place": place}).status == 404
    other = b2b.enter("henrik")
    mine = {"_csrf": other.open("/profile").form("/profile").values["_csrf"], "text": "x", "place": "2.1"}
    assert other.send(here, mine).status == 404
    assert admin.open(f"{here.replace('/mend', '/check')}?mend=9.9").status == 200


def test_a_mended_text_is_cut_to_what_a_cell_may_hold(b2b: Product) -> None:
    still = mended(start(b2b.enter("dana")), "x" * (import_runs.LONGEST + 5))
    assert len(still.tree.one("a", "fixcell").one("bdi").text) == import_runs.LONGEST
