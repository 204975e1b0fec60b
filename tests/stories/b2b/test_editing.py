"""Changing records: in place, in the form, as line items; conflicts, history, the bin."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browsing.browser import Browser, Page
from tests.browsing.html import parse
from tests.product import Product


def mine(crm: Product, entity: str = "opportunity") -> str:
    """The address of a record of Mei's."""
    where = ("owner:is_me", "stage:any_of:proposal") if entity == "opportunity" else ("owner:is_me",)
    return f"/e/{entity}/{crm.ids(entity, *where, person='mei')[0]}"


def editor(browser: Browser, record: str, field: str, place: str = "prop") -> Page:
    return browser.fragment(f"{record}/cell/{field}?place={place}")


def test_a_value_is_edited_where_it_is_read(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    page = sales.open(record)
    assert page.named("p-next_step").one("div", "val")["data-edit"] == f"{record}/cell/next_step"
    saved = editor(sales, record, "next_step").submit_by_htmx(f"{record}/cell/next_step", {"value": "Send the quote"})
    assert saved.status == 200 and saved.tree.one("div", "is-saved").text == "Send the quote"
    assert "Send the quote" in sales.open(record).named("p-next_step").text


def test_a_refused_value_comes_back_with_its_reason_and_what_was_typed(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    for typed, reason in (
        ("lots", "This is not a number. Write it like 1234.50 or 1,234.50."),
        ("-5", "Amount must be at least 0."),
    ):
        refused = editor(sales, record, "amount").submit_by_htmx(f"{record}/cell/amount", {"value": typed})
        assert (refused.status, refused.tree.one(role="alert").text) == (422, reason)
        assert refused.form(f"{record}/cell/amount").values["value"] == typed


def test_a_cell_of_a_list_is_edited_in_the_list(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm, "account")
    saved = editor(sales, record, "tier", "cell").submit_by_htmx(f"{record}/cell/tier", {"value": "a"})
    cell = saved.tree.one("td")
    assert (saved.status, cell.text, "is-saved" in cell.one("a").classes) == (200, "A – key account", True)


def test_escape_brings_the_value_back_as_it_was(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    shown = sales.open(record).named("p-amount").text
    assert editor(sales, record, "amount&cancel=1").status == 404
    back = sales.fragment(f"{record}/cell/amount?place=prop&cancel=1")
    assert back.named("p-amount").text == shown and not back.tree.all("div", "is-saved")


def test_without_script_the_pencil_opens_the_form(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    assert sales.open(f"{record}/cell/amount").path == f"{record}/edit"


def test_two_people_who_change_different_fields_both_get_their_way(crm: Product) -> None:
    record = mine(crm)
    first, second = (crm.enter(name).open(f"{record}/edit") for name in ("mei", "henrik"))
    first.submit(f"{record}/edit", {"next_step": "From Mei"})
    saved = second.submit(f"{record}/edit", {"competitor": "From Henrik"})
    assert saved.status == 200 and "From Mei" in saved.words and "From Henrik" in saved.words


@pytest.mark.parametrize(("choice", "kept"), [("mine", "$200"), ("theirs", "$100")])
def test_a_conflict_in_the_form_shows_both_values_and_asks(crm: Product, choice: str, kept: str) -> None:
    record = mine(crm)
    first, second = (crm.enter(name).open(f"{record}/edit") for name in ("mei", "henrik"))
    first.submit(f"{record}/edit", {"amount": "100"})
    crm.clock.advance(timedelta(minutes=5))
    asked = second.submit(f"{record}/edit", {"amount": "200", "competitor": "Somebody"})
    assert asked.status == 409 and asked.named("conflicts-title").text == "One field was changed meanwhile"
    assert [label.text for label in asked.named("conflicts").all("label")] == [
        "Yours $200",
        "林梅 Mei Lin, 5 min ago $100",
    ]
    assert "$100" in crm.enter("dana").open(record).named("p-amount").text
    saved = asked.submit(f"{record}/edit", {"choose__amount": choice})
    assert saved.named("p-amount").text == f"Amount {kept}" and "Somebody" in saved.named("p-competitor").text


def test_a_line_item_two_people_change_is_never_overwritten_in_silence(crm: Product) -> None:
    record, quantity = mine(crm), "lines.0.quantity"
    first, second = (crm.enter(name).open(f"{record}/edit") for name in ("mei", "henrik"))
    first.submit(f"{record}/edit", {quantity: "5"})
    untouched = second.submit(f"{record}/edit", {"competitor": "Somebody"})
    assert untouched.status == 200 and "5.00" in untouched.named("lines-lines").text
    third = crm.enter("henrik").open(f"{record}/edit")
    crm.enter("mei").open(f"{record}/edit").submit(f"{record}/edit", {quantity: "6"})
    asked = third.submit(f"{record}/edit", {quantity: "7"})
    assert (asked.status, asked.error("c-lines-0-quantity")) == (
        422,
        "Somebody else changed this meanwhile. Save again to keep what stands here.",
    )
    assert "7.00" in asked.submit(f"{record}/edit").named("lines-lines").text


@pytest.mark.parametrize(("button", "kept"), [("Keep $200", "$200"), ("Use $100", "$100")])
def test_a_conflict_in_place_shows_both_values_and_asks(crm: Product, button: str, kept: str) -> None:
    record, url = mine(crm), f"{mine(crm)}/cell/amount"
    sales, manager = crm.enter("mei"), crm.enter("henrik")
    first, second = editor(sales, record, "amount"), editor(manager, record, "amount")
    first.submit_by_htmx(url, {"value": "100"})
    asked = second.submit_by_htmx(url, {"value": "200"})
    assert asked.status == 409 and "林梅 Mei Lin changed it to $100." in asked.words
    pressed = next(b for b in asked.tree.all("button") if b.text == button)
    saved = asked.submit_by_htmx(url, press=(pressed["name"], pressed["value"]))
    assert saved.status == 200 and saved.named("p-amount").text == f"Amount {kept}"


def test_lines_are_added_changed_and_removed_on_the_record(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    product = str(crm.ids("product", "code:is:WP-T2")[0])
    page = sales.open(record)
    before = {row["data-id"] for row in page.named("lines-lines").all("tr") if row["data-id"]}
    added = page.submit_by_htmx(f"{record}/lines/lines", {"product": product, "quantity": "3", "unit_price": "10"})
    line = next(row for row in added.tree.all("tr") if row["data-id"])
    assert line["data-id"] not in before and line.texts("td")[0] == "Wireless temperature probe T2"

    cell = f"/e/opportunity_line/{line['data-id']}/cell/quantity"
    changed = sales.fragment(cell + "?place=cell").submit_by_htmx(cell, {"value": "7"})
    assert (changed.status, changed.tree.one("td").text) == (200, "7.00")
    page = sales.open(record)
    removed = page.submit_by_htmx(f"/e/opportunity_line/{line['data-id']}/delete")
    assert (removed.status, removed.html) == (200, "")
    assert {r["data-id"] for r in sales.open(record).named("lines-lines").all("tr") if r["data-id"]} == before


def test_a_wrong_line_stays_in_its_row_with_the_errors(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    typed = {"product": "", "quantity": "0", "unit_price": "x"}
    refused = sales.open(record).submit_by_htmx(f"{record}/lines/lines", typed)
    assert refused.status == 422
    assert [refused.error(f"lines-{name}") for name in ("product", "unit_price")] == [
        "Product is required.",
        "This is not a number. Write it like 1234.50 or 1,234.50.",
    ]
    assert [e["value"] for e in refused.tree.all("input") if e["name"] in ("quantity", "unit_price")] == ["0", "x"]


def test_the_history_tells_who_changed_what_from_what_to_what_and_when(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    sales.open(f"{record}/edit").submit(f"{record}/edit", {"amount": "100", "type": "renewal"})
    crm.clock.advance(timedelta(hours=2))
    crm.enter("henrik").open(f"{record}/edit").submit(f"{record}/edit", {"amount": "1500.50", "type": ""})
    newest, older = sales.fragment(f"{record}/history").texts("div", "tl__i")[:2]
    assert newest == "Henrik Solberg changed it just now Amount $100 $1,500.50 Type Renewal empty"
    assert older.startswith("林梅 Mei Lin changed it 2 h ago Amount $") and " $100" in older
    assert "sample data" in sales.fragment(f"{record}/history").texts("div", "tl__i")[-1]


def test_a_deleted_record_can_be_taken_back_from_the_toast(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    title = sales.open(record).texts("h1")[0]
    gone = sales.open(record).submit(f"{record}/delete")
    assert gone.path == "/e/opportunity" and f"{title} moved to the recycle bin" in gone.texts(kind="toast")[0]
    assert sales.open("/e/opportunity").texts(kind="toast") == []
    binned = sales.open(record)
    assert "This opportunity is in the recycle bin" in binned.words
    assert not binned.tree.all("form", action=f"{record}/delete") and not binned.tree.all(id="add-lines")
    back = gone.submit(f"{record}/restore")
    assert back.path == record and back.texts(kind="toast") == [f"{title} restored"]
    assert "recycle bin" not in sales.open(record).words


def test_a_record_others_need_is_not_deleted_and_says_why(crm: Product) -> None:
    record = f"/e/account/{crm.ids('account', 'name:starts_with:Winterreach')[0]}"
    refused = crm.enter("henrik").open(record).submit(f"{record}/delete")
    reason = "This record cannot be deleted: 2 records still point at it (Contacts)."
    assert refused.path == record and refused.texts(kind="toast") == [reason]


def test_a_saved_cell_is_a_small_answer_with_the_sums_and_the_count_of_its_list(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    address = "/e/opportunity/v/all?f=owner:is_me&f=amount:at_least:1"
    form = editor(sales, record, "amount", "cell").form(f"{record}/cell/amount")
    pairs = form.filled({"value": "0"})
    saved = sales.send(f"{record}/cell/amount", pairs, hx_request="true", hx_current_url=f"http://x{address}")
    parts = parse(saved.html.replace("template", "div")).all("div")
    foot = {part["hx-target"]: part.text for part in parts}
    shown = sales.open(address)
    tabs = [tab for tab in shown.tree.one("div", "views").all("a") if tab.all("span", "count")]
    numbers = {f".views a[href='{tab['href']}'] > .count": tab.one("span", "count").text for tab in tabs}
    assert foot == numbers | {f"#total-{name}": shown.named(f"total-{name}").text for name in ("amount", "name")}
    assert saved.tree.one("td").text == "$0" and len(saved.html.encode()) < 2000


@pytest.mark.parametrize(
    "address", ["", "/e/account/v/all", "/e/opportunity/v/board", "/e/opportunity/v/none", "/e//v/%00?f=%ff&f=x:y"]
)
def test_a_saved_cell_brings_no_sums_of_a_page_that_is_no_list_of_it(crm: Product, address: str) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    pairs = editor(sales, record, "amount", "cell").form(f"{record}/cell/amount").filled({"value": "5"})
    saved = sales.send(f"{record}/cell/amount", pairs, hx_request="true", hx_current_url=f"http://x{address}")
    assert (saved.status, saved.tree.one("td").text, "template" in saved.html) == (200, "$5", False)
