"""The order of one write: values, defaults, hidden fields, required, validate, read-only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.records.errors import Invalid
from engine.records.query import Condition, PageRequest
from engine.records.writing import LineChange
from engine.schema.model import ListQuery, Sort
from tests.records.shop import Shop


def errors(refusal: pytest.ExceptionInfo[Invalid]) -> dict[str, str]:
    return {name: text.in_("en") for name, text in refusal.value.errors.items()}


def fields(shop: Shop, deal: int, *names: str) -> tuple[Any, ...]:
    row = shop.row("deal", deal)
    return tuple(row[name] for name in names)


def test_a_new_record_has_its_defaults_and_system_fields(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    now, ann = datetime(2026, 3, 4, 9, 30, tzinfo=UTC), shop.people["ann"]
    stamps = ("created_at", "created_by", "updated_at", "updated_by", "last_activity_at", "version")
    assert fields(shop, deal, "stage", "discount", "probability", "close_date", "serial", "urgent") == (
        "lead", Decimal("0.00"), 10, date(2026, 4, 3), "new", None,
    )  # fmt: skip
    assert fields(shop, deal, *stamps) == (now, ann, now, ann, now, 1)


def test_a_value_that_is_given_empty_keeps_its_default_away(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big", discount=None, close_date=None)
    assert fields(shop, deal, "discount", "close_date") == (None, None)


def test_money_is_exact(shop: Shop) -> None:
    deals = [shop.add("deal", name=str(n), amount=Decimal("0.10")) for n in range(3)]
    huge = shop.add("deal", name="Huge", amount=Decimal("9999999999999999.99"))
    assert [fields(shop, deal, "amount")[0] for deal in (*deals, huge)] == [Decimal("0.10")] * 3 + [
        Decimal("9999999999999999.99")
    ]


def test_what_is_always_required_must_be_there(shop: Shop) -> None:
    with pytest.raises(Invalid) as refusal:
        shop.add("deal", name="  ", amount=-1)
    assert errors(refusal) == {"name": "Name is required.", "amount": "Amount must be at least 0."}


def test_a_condition_makes_a_field_required(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    deal = shop.add("deal", name="Big", account=account, amount=5)
    with pytest.raises(Invalid) as refusal:
        shop.change("deal", deal, stage="offer", close_date=None)
    assert errors(refusal) == {"close_date": "Close date is required."}
    shop.change("deal", deal, close_date=None)
    with pytest.raises(Invalid):
        shop.change("deal", deal, stage="offer")


def test_a_hidden_field_is_not_required_and_loses_its_value_unless_it_keeps_it(shop: Shop) -> None:
    deal = shop.add("deal", name="Big", lost_reason="Price", lost_detail="Too dear", lost_note="Try in spring")
    assert fields(shop, deal, "lost_reason", "lost_detail", "lost_note") == (None, None, "Try in spring")


def test_what_a_hidden_field_hid_goes_with_it(shop: Shop) -> None:
    deal = shop.add("deal", name="Big")
    shop.change("deal", deal, stage="lost", lost_reason="Price", lost_detail="Too dear", lost_note="Again in May")
    assert fields(shop, deal, "lost_reason", "lost_detail", "lost_note") == ("Price", "Too dear", "Again in May")
    shop.change("deal", deal, stage="lead")
    assert fields(shop, deal, "lost_reason", "lost_detail", "lost_note") == (None, None, "Again in May")


def test_a_read_only_field_is_judged_on_the_stored_record(shop: Shop) -> None:
    deal = shop.store.create(ENGINE, "deal", {"name": "Big", "stage": "won", "discount": 5})
    with pytest.raises(Invalid) as refusal:
        shop.change("deal", deal, stage="lead", discount=6)
    assert errors(refusal) == {"discount": "Discount cannot be changed now."}
    shop.change("deal", deal, stage="lead", discount=5)
    shop.change("deal", deal, discount=6)


def test_a_field_that_is_always_read_only_is_not_set_on_creation_either(shop: Shop) -> None:
    with pytest.raises(Invalid) as refusal:
        shop.add("deal", name="Big", serial="mine")
    assert errors(refusal) == {"serial": "Serial cannot be changed now."}
    assert shop.add("deal", name="Big", serial="new")


def test_a_rule_reads_through_links_in_the_same_transaction(shop: Shop) -> None:
    account = shop.add("account", name="Acme", tier="silver")
    with pytest.raises(Invalid) as refusal:
        shop.add("deal", name="Big", account=account, discount=11)
    assert errors(refusal) == {"discount": "This value is not allowed for Discount."}
    with shop.store.begin(shop.actor("eve"), "ui") as write:
        write.change("account", account, {"tier": "gold"})
        deal = write.create("deal", {"name": "Big", "account": account, "discount": 11})
    assert fields(shop, deal, "discount") == (Decimal("11.00"),)


def test_rules_are_judged_only_when_what_they_read_changed(shop: Shop) -> None:
    account = shop.add("account", name="Acme", tier="gold")
    deal = shop.add("deal", name="Big", account=account, discount=11)
    shop.change("account", account, tier="iron")
    assert shop.change("deal", deal, name="Bigger") == 2
    with pytest.raises(Invalid) as refusal:
        shop.change("deal", deal, account=shop.add("account", name="Other"))
    assert errors(refusal) == {"discount": "This value is not allowed for Discount."}


def test_a_write_that_changes_nothing_leaves_the_version(shop: Shop) -> None:
    deal = shop.add("deal", name="Big", amount=Decimal("5.00"))
    assert shop.change("deal", deal, name=" Big ", amount=5) == 1
    assert [kind for kind, _ in shop.changes("deal", deal)] == ["created"]


def test_the_engine_does_not_move_the_last_activity(shop: Shop) -> None:
    deal = shop.add("deal", name="Big")
    shop.clock.set(datetime(2026, 5, 1, tzinfo=UTC))
    shop.store.change(ENGINE, "deal", deal, {"name": "Bigger"}, source="automation")
    assert fields(shop, deal, "updated_at", "last_activity_at", "updated_by") == (
        datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 3, 4, 9, 30, tzinfo=UTC), None,
    )  # fmt: skip


def test_line_items_are_written_with_their_record(shop: Shop) -> None:
    eve = shop.actor("eve")
    lines = [LineChange(None, {"product": "Bolt", "price": 2}), LineChange(None, {"product": "Nut", "price": 1})]
    deal = shop.store.create(eve, "deal", {"name": "Big"}, {"lines": lines})
    bolt, nut = _lines(shop, deal)
    changes = [
        LineChange(bolt[0], {"price": 3}),
        LineChange(nut[0], {}, delete=True),
        LineChange(None, {"product": "Cap", "price": 1}),
    ]
    shop.store.change(eve, "deal", deal, {"name": "Bigger"}, lines={"lines": changes})
    assert [(product, str(price)) for _, product, price in _lines(shop, deal)] == [("Bolt", "3.00"), ("Cap", "1.00")]


def test_an_error_of_a_line_item_names_its_place_and_nothing_is_written(shop: Shop) -> None:
    lines = [LineChange(None, {"product": "Bolt", "price": 2}), LineChange(None, {"price": -2})]
    with pytest.raises(Invalid) as refusal:
        shop.store.create(shop.actor("eve"), "deal", {"name": "Big"}, {"lines": lines})
    assert errors(refusal) == {
        "lines.1.price": "Price must be more than 0.",
        "lines.1.product": "Product is required.",
    }
    assert shop.names("deal") == []


def test_line_items_follow_a_record_that_closes_itself_in_the_same_write(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    lines = {"lines": [LineChange(None, {"product": "Bolt", "price": 2})]}
    shop.store.change(shop.actor("ann"), "deal", deal, {"owner": shop.people["cat"]}, lines=lines)
    assert [product for _, product, _ in _lines(shop, deal)] == ["Bolt"]


def _lines(shop: Shop, deal: int) -> list[tuple[int, str, Decimal]]:
    query = ListQuery("deal_line", ("product", "price"), sort=(Sort("product"),))
    request = PageRequest(conditions=(Condition("deal", "any_of", (deal,)),))
    return [(row["id"], row["product"], row["price"]) for row in shop.store.list(ENGINE, query, request).rows]
