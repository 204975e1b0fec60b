"""Computed values of a form while it is filled in: what it says is what is stored when it is saved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.access.actor import ENGINE
from tests.browsing.browser import Browser
from tests.product import Product

LINES = (("10", "1000", "10"), ("5", "2000", "0"), ("1", "8000", "25"))
Pairs = list[tuple[str, str]]


def quote(product: Product, *lines: tuple[str, str, str], **more: str) -> Pairs:
    """What the form of a new quote sends, its line items numbered from 3."""
    account, thing = product.ids("account")[0], product.ids("product")[0]
    pairs = [("subject", "Workshop"), ("account", str(account)), ("tax_rate", "13")]
    for number, (quantity, price, discount) in enumerate(lines, start=3):
        typed = {"product": str(thing), "quantity": quantity, "unit_price": price, "discount": discount}
        pairs += [(f"lines.{number}.{name}", value) for name, value in typed.items()]
    return [(name, more.get(name, value)) for name, value in pairs]


def told(browser: Browser, pairs: Pairs, url: str = "/e/quote/new", *touched: str) -> dict[str, Any]:
    token = browser.open(url).form(url).values["_csrf"]
    sent = [("_csrf", token), *pairs, ("_judge", "1"), *(("_touched", name) for name in touched)]
    answer = browser.send(url, sent)
    assert answer.status == 200, answer.words
    found: dict[str, Any] = answer.answer.json()
    return found


def test_a_quote_comes_to_what_its_form_says(crm: Product) -> None:
    browser, typed = crm.enter("dana"), quote(crm, *LINES)
    values = told(browser, typed)["values"]
    assert [values[f"lines.{number}.subtotal"] for number in (3, 4, 5)] == ["$9,000", "$10,000", "$6,000"]
    said = {name: values[name] for name in ("list_total", "amount", "blended_discount", "tax", "gross")}
    assert list(said.values()) == ["$28,000", "$25,000", "10.71%", "$3,250", "$28,250"]
    assert crm.services.workspace is not None
    before = set(crm.ids("quote"))
    token = browser.open("/e/quote/new").form("/e/quote/new").values["_csrf"]
    assert browser.send("/e/quote/new", [("_csrf", token), *typed]).status == 200
    (made,) = set(crm.ids("quote")) - before
    row = crm.services.workspace.store.get(ENGINE, "quote", made).row
    assert [row[name] for name in said] == [28000, 25000, Decimal("10.71"), 3250, 28250]


def test_what_reads_something_wrong_is_empty_and_the_rest_stands(shared_b2b: Product) -> None:
    typed = quote(shared_b2b, *LINES, **{"lines.4.quantity": "many"})
    found = told(shared_b2b.enter("dana"), typed, "/e/quote/new", "lines.4.quantity")
    values = found["values"]
    assert [values[f"lines.{number}.subtotal"] for number in (3, 4, 5)] == ["$9,000", "", "$6,000"]
    assert [values[name] for name in ("amount", "tax", "gross")] == ["", "", ""]
    assert list(found["errors"]) == ["lines.4.quantity"]


def test_line_items_not_sent_count_and_deleted_ones_do_not(shared_b2b: Product) -> None:
    browser = shared_b2b.enter("dana")
    token = browser.open("/e/quote/new").form("/e/quote/new").values["_csrf"]
    before = set(shared_b2b.ids("quote"))
    browser.send("/e/quote/new", [("_csrf", token), *quote(shared_b2b, *LINES)])
    (made,) = set(shared_b2b.ids("quote")) - before
    edit = f"/e/quote/{made}/edit"
    pairs = browser.open(edit).form(edit).filled({})
    assert told(browser, [], edit)["values"]["amount"] == "$25,000"
    gone = [*pairs, ("lines.0._delete", "1"), ("tax_rate", "0")]
    values = told(browser, gone, edit)["values"]
    assert [values["amount"], values["gross"], "lines.0.subtotal" in values] == ["$16,000", "$16,000", False]


def test_judging_takes_as_many_statements_for_many_line_items_as_for_few(shared_b2b: Product) -> None:
    browser, counts = shared_b2b.enter("dana"), []
    token = browser.open("/e/quote/new").form("/e/quote/new").values["_csrf"]
    for many in (3, 60):
        sent = [("_csrf", token), *quote(shared_b2b, *(LINES * (many // 3))), ("_judge", "1")]
        with shared_b2b.services.database.count_statements() as statements:
            assert browser.send("/e/quote/new", [*sent, ("_touched", "lines.3.quantity")]).status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 20
