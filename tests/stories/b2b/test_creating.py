"""New records: in the form, in a picker's dialog, with line items; and what the form says to wrong values."""

from __future__ import annotations

import json

from tests.product import Product


def first(crm: Product, entity: str, *conditions: str) -> str:
    return str(crm.ids(entity, *conditions)[0])


def test_a_picker_finds_records_and_makes_the_one_it_lacks(crm: Product) -> None:
    sales = crm.enter("mei")
    contact = sales.open("/e/contact/new")
    picker = contact.named("c-account")
    assert picker["data-picker"] == "/pick/account?field=contact.account"
    found = sales.fragment(picker["data-picker"] + "&q=winterr").tree.all(role="option")
    assert [option.all("span", "clip")[0].text for option in found] == ["Winterreach Growers"]

    dialog = sales.fragment(picker["data-create"] + "&for=c-account&title=Hollowmere Ltd")
    assert dialog.texts("h2", "dialog__title") == ["New account"] and dialog.form("/e/account/new").values["name"]
    made = dialog.submit_by_htmx("/e/account/new", {"region": "europe"})
    picked = json.loads(made.headers["hx-trigger"])["picked"]
    assert (picked["title"], picked["for"], made.html) == ("Hollowmere Ltd", "c-account", "")

    saved = contact.submit("/e/contact/new", {"name": "Nora Ash", "account": picked["id"], "role": "champion"})
    assert saved.texts("h1") == ["Nora Ash"] and saved.texts(kind="toast") == ["Nora Ash created"]
    assert saved.named("p-account").text == "Account HL Hollowmere Ltd"
    assert saved.named("p-owner").text == "Owner 林梅 林梅 Mei Lin"


def test_an_opportunity_is_made_with_its_lines(crm: Product) -> None:
    probe, meter = (first(crm, "product", f"code:is:{code}") for code in ("WP-T2", "WP-H2"))
    action = "/e/opportunity/new?account=" + first(crm, "account")
    page = crm.enter("mei").open(action).submit(action, press=("_add", "lines"))
    page = page.submit(
        action,
        {
            "name": "Cold rooms",
            "amount": "12,345.60",
            "close_date": "31 May 2026",
            "lines.0.product": probe,
            "lines.0.quantity": "4",
            "lines.0.unit_price": "290",
        },
        press=("_add", "lines"),
    )
    second = {"product": meter, "quantity": "2.5", "unit_price": "1,000.25", "discount": "12.5"}
    saved = page.submit(action, {f"lines.1.{name}": value for name, value in second.items()})
    assert saved.texts("h1") == ["Cold rooms"] and saved.named("p-amount").text == "Amount $12,345.60"
    assert saved.named("p-close_date").text == "Close date 31 May 2026"
    lines = [row.texts("td")[:5] for row in saved.named("lines-lines").all("tr") if row["data-id"]]
    assert lines == [
        ["Wireless temperature probe T2", "Note", "4.00", "$290", "0%"],
        ["Wireless humidity probe H2", "Note", "2.50", "$1,000.25", "12.5%"],
    ]
    assert saved.tree.one(aria_current="step").text.startswith("Qualification")


def test_every_error_stands_beside_its_field_and_nothing_typed_is_lost(crm: Product) -> None:
    probe = first(crm, "product", "code:is:WP-T2")
    page = crm.enter("mei").open("/e/opportunity/new").submit("/e/opportunity/new", press=("_add", "lines"))
    typed = {
        "name": "  ",
        "amount": "much",
        "close_date": "31.31.2026",
        "next_step": "Call <b>them</b>",
        "description": "two\nlines",
        "budget": "true",
        "type": "upsell",
        "lines.0.product": probe,
        "lines.0.quantity": "few",
    }
    refused = page.submit("/e/opportunity/new", typed)
    assert refused.status == 422
    assert {e["id"]: e.text for e in refused.tree.all(kind="field__error") if e.text} == {
        "c-name-e": "Name is required.",
        "c-account-e": "Account is required.",
        "c-amount-e": "This is not a number. Write it like 1234.50 or 1,234.50.",
        "c-close_date-e": "This is not a date. Write it like 2026-11-28, 28 Nov, tomorrow or +3d.",
        "c-lines-0-quantity-e": "This is not a number. Write it like 1234.50 or 1,234.50.",
        "c-lines-0-unit_price-e": "Unit price is required.",
    }
    values = refused.form("/e/opportunity/new").values
    assert {name: values[name] for name in typed} == typed
    assert [link["href"] for link in refused.named("errors").all("a")][:2] == ["#c-name", "#c-account"]


def test_rules_of_the_record_are_told_by_field(crm: Product) -> None:
    sales, account = crm.enter("mei"), first(crm, "account")
    page = sales.open("/e/opportunity/new").submit(
        "/e/opportunity/new", {"name": "x", "account": account, "amount": "-1"}
    )
    assert (page.status, page.error("c-amount")) == (422, "Amount must be at least 0.")
    page = sales.open("/e/activity/new").submit("/e/activity/new", {"subject": "Offer", "type": "task"})
    assert (page.status, page.error("c-due")) == (422, "Due is required.")


def test_a_value_somebody_else_has_is_refused_without_naming_the_record(crm: Product) -> None:
    page = crm.enter("mei").open("/e/contact/new")
    typed = {"name": "Twin", "account": first(crm, "account"), "email": "Leif.Kowalczyk@winterreach.example.com"}
    refused = page.submit("/e/contact/new", typed)
    assert refused.error("c-email") == "Another record has the same value for E-mail."
    assert refused.form("/e/contact/new").values["email"] == typed["email"]
    sent = [*refused.form("/e/contact/new").filled({}), ("anyway", "1")]
    insisted = refused.browser.send("/e/contact/new", sent)
    assert insisted.error("c-email") == refused.error("c-email") and "Leif Kowalczyk" not in insisted.words


def test_a_link_to_a_record_one_may_not_see_is_no_link(crm: Product) -> None:
    others = set(crm.ids("opportunity", person="henrik")) - set(crm.ids("opportunity", person="mei"))
    page = crm.enter("mei").open("/e/activity/new")
    refused = page.submit("/e/activity/new", {"subject": "Peek", "opportunity": str(min(others))})
    assert refused.status == 422
    assert refused.error("c-opportunity") == "There is no such record (Opportunity), or you may not see it."


def test_a_board_lane_starts_a_record_in_its_stage(crm: Product) -> None:
    sales, account = crm.enter("mei"), first(crm, "account")
    page = sales.open("/e/opportunity/v/board")
    url = page.named("lane-demo").all("a")[0]["href"]
    assert url == "/e/opportunity/new?stage=demo"
    saved = sales.open(url).submit(url, {"name": "From the lane", "account": account})
    assert saved.tree.one(aria_current="step").text.startswith("Demo")
