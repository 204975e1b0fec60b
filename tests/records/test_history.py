"""What a write leaves behind for people to read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from engine.access.actor import ENGINE
from engine.records.history import Entry
from tests.records.shop import Shop


def test_a_write_is_kept_with_who_when_from_where_and_both_values(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big", amount=5)
    shop.clock.set(datetime(2026, 3, 5, tzinfo=UTC))
    changes = {"amount": Decimal("6.5"), "close_date": date(2026, 9, 1), "urgent": True}
    shop.store.change(shop.actor("ben"), "deal", deal, changes, source="import")
    assert shop.store.history(shop.actor("ann"), "deal", deal, limit=1) == [
        Entry(
            at=datetime(2026, 3, 5, tzinfo=UTC),
            actor="Ben",
            source="import",
            kind="updated",
            version=2,
            changes={
                "amount": (Decimal("5.00"), Decimal("6.50")),
                "close_date": (date(2026, 4, 3), date(2026, 9, 1)),
                "urgent": (None, True),
            },
        )
    ]


def test_a_creation_keeps_what_was_written(shop: Shop) -> None:
    account = shop.add("account", "ann", name="Acme", tier="gold")
    (kind, changes), ann = shop.changes("account", account)[0], shop.people["ann"]
    north = shop.row("account", account)["team"]
    assert (kind, changes) == (
        "created",
        {"name": (None, "Acme"), "tier": (None, "gold"), "owner": (None, ann), "team": (None, north)},
    )


def test_an_untracked_field_leaves_no_value(shop: Shop) -> None:
    deal = shop.add("deal", name="Big", secret="a")
    shop.change("deal", deal, secret="b")
    assert shop.changes("deal", deal)[1] == ("updated", {})
    with shop.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT changes FROM sys_history").scalars().all()
    assert not any('"a"' in str(changes) or "'a'" in str(changes) for changes in kept)


def test_what_the_engine_writes_has_no_person(shop: Shop) -> None:
    account = shop.store.create(ENGINE, "account", {"name": "Acme"}, source="seed")
    entries = shop.store.history(ENGINE, "account", account)
    assert [(entry.actor, entry.source) for entry in entries] == [(None, "seed")]


def test_a_failed_write_leaves_nothing(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    try:
        with shop.store.begin(shop.actor("eve"), "ui") as write:
            write.change("account", account, {"name": "New"})
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert (shop.row("account", account)["name"], len(shop.changes("account", account))) == ("Acme", 1)
