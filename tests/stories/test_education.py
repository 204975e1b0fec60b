"""A school from the enquiry to the invoice, as its people use it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Page
from tests.browsing.html import Element
from tests.product import Product, found, running

LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a founded workspace; it is copied, never opened."""
    folder = tmp_path_factory.mktemp("education")
    found(folder, "education")
    return folder


@pytest.fixture
def school(founded: Path, tmp_path: Path) -> Iterator[Product]:
    with running(shutil.copytree(founded, tmp_path / "education")) as product:
        yield product


def send_card(board: Page, title: str, stage: str) -> Page:
    """What the board gets when the card with this title is dropped on a stage."""
    card = next(card for card in board.tree.all("li", "kcard") if title in card.text)
    sent = {"_csrf": board.tree.one(kind="board")["data-csrf"], "version": card["data-version"], "place": "board"}
    return board.browser.send(card["data-move"], sent | {"stage": stage}, hx_request="true")


def rows(page: Page) -> list[Element]:
    return [row for row in page.tree.all("tr") if row["data-id"]]


def test_an_enquiry_brings_its_guardian_along(school: Product) -> None:
    officer = school.enter("mei")
    form = officer.open("/e/student/new")
    picker = form.named("c-guardian")
    dialog = officer.fragment(picker["data-create"] + "&for=c-guardian&title=Ruth Amberley")
    unreachable = dialog.submit_by_htmx("/e/guardian/new")
    assert (unreachable.status, unreachable.error("d-phone")) == (422, "Phone is required.")
    made = unreachable.submit_by_htmx("/e/guardian/new", {"phone": "+1 617 555 0199"})
    picked = json.loads(made.headers["hx-trigger"])["picked"]
    saved = form.submit("/e/student/new", {"name": "Nell Amberley", "guardian": picked["id"], "source": "open_day"})
    assert saved.texts("h1") == ["Nell Amberley"] and saved.tree.one(aria_current="step").text.startswith("Enquiry")
    assert "Nell Amberley" in officer.open(f"/e/guardian/{picked['id']}").words


def test_an_application_asks_for_what_the_enquiry_left_open(school: Product) -> None:
    officer = school.enter("mei")
    guardian, course = school.ids("guardian")[0], school.ids("course", "code:is:MAT-201")[0]
    typed = {"name": "Nell Amberley", "guardian": str(guardian)}
    record = officer.open("/e/student/new").submit("/e/student/new", typed).path
    board = officer.open("/e/student/v/board")
    asked = send_card(board, "Nell Amberley", "applied")
    wanted = {control["name"] for control in asked.form(f"{record}/stage").controls}
    assert asked.status == 422 and wanted >= {"birth_date", "relation", "course"}
    answers = {"birth_date": "2014-06-01", "relation": "mother", "course": str(course)}
    moved = asked.submit_by_htmx(f"{record}/stage", answers)
    assert moved.status == 200
    lane = officer.open("/e/student/v/board").named("lane-applied")
    assert [card for card in lane.all("li", "kcard") if "Nell Amberley" in card.text]
    refused = send_card(officer.open("/e/student/v/board"), "Nell Amberley", "enrolled")
    assert refused.status == 422 and "There is no move from “Applied” to “Enrolled”." in refused.words


def test_teachers_see_their_classes_and_no_invoices(school: Product) -> None:
    teacher, invoice = school.enter("tom"), school.ids("fee_invoice")[0]
    for path in ("/e/fee_invoice", f"/e/fee_invoice/{invoice}", f"/e/fee_invoice/{invoice}/edit"):
        assert teacher.open(path).status == 404, path
    assert "/e/fee_invoice" not in teacher.open("/e/student").html
    mine = {row.one("a").all("span")[-1].text for row in rows(teacher.open("/e/class_group/v/mine"))}
    classes = {row.all("td")[1].text for row in rows(teacher.open("/e/enrolment/v/all"))}
    assert classes == mine and len(mine) == 6


def test_a_wrong_line_of_an_invoice_is_refused_and_nothing_typed_is_lost(school: Product) -> None:
    finance, action = school.enter("priya"), "/e/fee_invoice/new"
    typed = {
        "number": "INV-00041",
        "student": str(school.ids("student", "stage:any_of:enrolled")[0]),
        "notes": "Half now,\nhalf in May",
        "total": "432",
        "lines.0.type": "tuition",
        "lines.0.description": "Mathematics plus",
        "lines.0.amount": "480",
        "lines.1.type": "discount",
        "lines.1.description": "Sister here, 10 %",
        "lines.1.amount": "48",
    }
    page = finance.open(action).submit(action, press=("_add", "lines"))
    first = {name: value for name, value in typed.items() if name.startswith("lines.0")}
    page = page.submit(action, first, press=("_add", "lines"))
    link = finance.open(f"/e/student/{typed['student']}").named("p-guardian").one("a")["href"]
    typed["guardian"] = link.rsplit("/", 1)[1]
    refused = page.submit(action, typed)
    assert (refused.status, refused.error("c-lines-1-amount")) == (422, "This value is not allowed for Amount.")
    values = refused.form(action).values
    assert {name: values[name] for name in typed} == typed
    saved = refused.submit(action, {"lines.1.amount": "-48"})
    assert saved.texts("h1") == ["INV-00041"] and saved.named("p-total").text == "Total $432"
    lines = [row.texts("td")[1:3] for row in rows(saved)]
    assert lines == [["Mathematics plus", "$480"], ["Sister here, 10 %", "-$48"]]


def test_in_chinese_the_texts_of_the_school_are_chinese(school: Product) -> None:
    head = school.enter("dana")
    head.open("/profile").submit("/profile", {"language": "zh-CN"})
    for entity in ("student", "guardian", "class_group", "fee_invoice", "enrolment", "log_entry", "course"):
        page = head.open(f"/e/{entity}/new")
        words = {word for label in page.texts("label") + page.texts("h2") for word in LATIN.findall(label)}
        assert words == set(), entity
    board = head.open("/e/student/v/board")
    assert "资料齐全" in board.named("lane-documents").text and "招生看板" in board.words
