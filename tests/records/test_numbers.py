"""Numbers the engine gives: in order, without gaps where it is asked for, never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.records.store import Store
from engine.records.writing import LineChange
from tests.records.numbered import numbers, open_office


@pytest.fixture
def office(database: Database, clock: SettableClock, identifiers: Identifiers) -> Store:
    return open_office(database, clock, identifiers)


def bill(store: Store, customer: str = "Ada") -> str:
    created = store.create(ENGINE, "invoice", {"customer": customer})
    return str(store.get(ENGINE, "invoice", created).row["number"])


def test_records_are_numbered_in_the_order_they_are_made_and_named_by_their_number(office: Store) -> None:
    assert [bill(office) for _ in range(3)] == ["INV-2026-001", "INV-2026-002", "INV-2026-003"]
    assert office.model.entities["invoice"].title == "number"


def test_the_sequence_begins_again_with_the_year_of_the_workspace(office: Store, clock: SettableClock) -> None:
    clock.set(datetime(2026, 12, 31, 15, 59, tzinfo=UTC))
    first = bill(office)
    clock.set(datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    assert [first, bill(office), bill(office)] == ["INV-2026-001", "INV-2027-001", "INV-2027-002"]


def test_records_are_sorted_by_their_number_and_not_by_its_text(office: Store) -> None:
    for number in range(11):
        office.create(ENGINE, "ticket", {"subject": f"Ticket {number}"})
    assert numbers(office, "ticket") == [f"#{number}" for number in range(1, 12)]


def test_a_rolled_back_invoice_gives_its_number_back(office: Store) -> None:
    bill(office)
    with pytest.raises(ZeroDivisionError), office.begin(ENGINE, "ui") as write:
        write.create("invoice", {"customer": "Gone"})
        raise ZeroDivisionError
    with pytest.raises(Invalid):
        office.create(ENGINE, "invoice", {})
    assert bill(office) == "INV-2026-002"


def test_a_ticket_that_fails_may_leave_a_gap_on_postgresql_alone(office: Store, database: Database) -> None:
    with pytest.raises(ZeroDivisionError), office.begin(ENGINE, "ui") as write:
        write.create("ticket", {"subject": "Gone"})
        raise ZeroDivisionError
    office.create(ENGINE, "ticket", {"subject": "Stays"})
    assert numbers(office, "ticket") == (["#1"] if database.dialect == "sqlite" else ["#2"])


@pytest.mark.parametrize(("entity", "field"), [("invoice", "customer"), ("ticket", "subject")])
def test_many_who_write_at_once_never_get_the_same_number(office: Store, entity: str, field: str) -> None:
    def write_some(writer: int) -> None:
        for number in range(5):
            office.create(ENGINE, entity, {field: f"{writer}.{number}"})

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write_some, range(6)))
    sign = "INV-2026-{:03}" if entity == "invoice" else "#{}"
    assert numbers(office, entity) == [sign.format(number) for number in range(1, 31)]


def test_writers_who_fail_leave_no_gap_in_the_invoices_of_those_who_do_not(office: Store) -> None:
    def write_some(writer: int) -> None:
        for number in range(6):
            try:
                with office.begin(ENGINE, "ui") as write:
                    write.create("invoice", {"customer": f"{writer}.{number}"})
                    if (writer + number) % 2:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write_some, range(6)))
    assert numbers(office, "invoice") == [f"INV-2026-{number:03}" for number in range(1, 19)]


def test_a_number_is_kept_in_the_bin_and_after_it(office: Store) -> None:
    first = office.create(ENGINE, "invoice", {"customer": "Ada"})
    office.delete(ENGINE, "invoice", first)
    assert bill(office) == "INV-2026-002"
    office.restore(ENGINE, "invoice", first)
    assert numbers(office, "invoice") == ["INV-2026-001", "INV-2026-002"]


@pytest.mark.parametrize("number", ["INV-2026-009", None, "x"])
def test_nobody_sets_a_number(office: Store, number: str | None) -> None:
    record = office.create(ENGINE, "invoice", {"customer": "Ada"})
    for write in (
        lambda: office.create(ENGINE, "invoice", {"customer": "Eve", "number": number}),
        lambda: office.change(ENGINE, "invoice", record, {"number": number}),
    ):
        with pytest.raises(Invalid, match="Number is kept by the system and cannot be written"):
            write()


def test_line_items_are_numbered_too_and_the_history_tells_the_number(office: Store) -> None:
    lines = {"lines": [LineChange(None, {"product": name}) for name in ("Bolt", "Nut")]}
    record = office.create(ENGINE, "invoice", {"customer": "Ada"}, lines)
    assert numbers(office, "line", "place") == ["1", "2"]
    assert office.history(ENGINE, "invoice", record)[0].changes["number"] == (None, "INV-2026-001")
