"""The checks of an entity: judged on the row after a write, when something they read changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.records.foresight import Foresight
from engine.records.writing import LineChange
from tests.records.invoices import open_invoices
from tests.records.shop import Shop


@pytest.fixture
def invoices(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_invoices(database, clock, identifiers)


def refused(shop: Shop, values: dict[str, Any], record: int | None = None, language: str = "en") -> dict[str, str]:
    """What stands against writing an invoice, by field."""
    with pytest.raises(Invalid) as refusal:
        shop.add("invoice", **{"name": "A", **values}) if record is None else shop.change("invoice", record, **values)
    return {name: text.in_(language) for name, text in refusal.value.errors.items()}


def test_a_check_that_does_not_hold_refuses_a_new_record_beside_its_field(invoices: Shop) -> None:
    assert refused(invoices, {"discount": 51}) == {"discount": "Discount above 50 %"}
    assert refused(invoices, {"discount": 51}, language="zh-CN") == {"discount": "折扣不能超过 50%"}
    assert invoices.names("invoice") == []


def test_a_check_without_a_field_speaks_of_the_record_as_a_whole(invoices: Shop) -> None:
    assert refused(invoices, {"paid": 101}) == {"": "More is paid than asked."}


def test_two_checks_beside_one_field_are_both_told(invoices: Shop) -> None:
    broken = {"discount": 60, "amount": 2000}
    assert refused(invoices, broken) == {"discount": "Discount above 50 % Large invoices have none."}
    assert refused(invoices, broken, language="zh-CN") == {"discount": "折扣不能超过 50%大额发票不打折。"}


def test_a_check_waits_until_what_it_reads_is_right_by_itself(invoices: Shop) -> None:
    assert refused(invoices, {"amount": -1, "paid": 5}) == {"amount": "Amount must be at least 0."}


def test_a_change_is_checked_when_it_touches_what_the_check_reads(invoices: Shop) -> None:
    record = invoices.add("invoice", name="A", amount=100, paid=80)
    assert refused(invoices, {"amount": 70}, record) == {"": "More is paid than asked."}
    assert invoices.row("invoice", record)["amount"] == 100


def test_a_check_that_became_stricter_leaves_other_changes_alone(invoices: Shop) -> None:
    client = invoices.add("client", name="Acme", limit=500)
    record = invoices.add("invoice", name="A", client=client, amount=400)
    invoices.change("client", client, limit=300)
    invoices.change("invoice", record, note="Called")
    assert refused(invoices, {"amount": 401}, record) == {"client": "Over the limit of the client"}


def test_checks_hold_for_line_items_too(invoices: Shop) -> None:
    lines = {"lines": [LineChange(None, {"price": 60}), LineChange(None, {"name": "Oak", "price": 600})]}
    with pytest.raises(Invalid) as refusal:
        invoices.store.create(invoices.actor("eve"), "invoice", {"name": "A", "amount": 500}, lines)
    assert {name: text.in_("en") for name, text in refusal.value.errors.items()} == {
        "lines.0.name": "A dear line has a name",
        "lines.1": "Dearer than the invoice",
    }
    assert invoices.names("invoice") == invoices.names("line") == []


def test_what_cannot_be_read_is_not_checked(invoices: Shop) -> None:
    lines = {"lines": [LineChange(None, {"price": 600})]}
    with invoices.store.begin(invoices.actor("eve"), "ui") as write:
        found = write.judge("invoice", None, {"name": "A", "paid": 200}, lines, frozenset({"amount", "lines.0.name"}))
        assert found == {}


def test_many_records_are_checked_each_by_itself(invoices: Shop) -> None:
    rows = [(None, {"name": "A", "discount": Decimal(10)}), (None, {"name": "B", "discount": Decimal(70)})]
    with invoices.store.begin(invoices.actor("eve"), "import") as write:
        foreseen = write.judge_many("invoice", rows, Foresight())
        done = write.create_or_change("invoice", rows)
    told = [[str(each) for each in answers if isinstance(each, Invalid)] for answers in (foreseen, done)]
    assert told == [["discount: Discount above 50 %"]] * 2
    assert invoices.names("invoice") == ["A"]
