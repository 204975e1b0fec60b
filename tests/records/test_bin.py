"""The bin: what may go there, what goes along, what comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.access.actor import ENGINE
from engine.records.errors import RecordNotFound, Refused
from engine.schema.model import ListQuery
from tests.records.shop import Shop


def in_bin(shop: Shop, **records: tuple[str, int]) -> set[str]:
    return {name for name, place in records.items() if shop.row(*place)["deleted_at"] is not None}


def test_a_deleted_record_leaves_the_lists_and_stays_readable(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    shop.store.delete(shop.actor("eve"), "account", account)
    assert shop.names("account") == []
    assert shop.row("account", account)["version"] == 2
    assert shop.store.aggregate(ENGINE, ListQuery("account", ("name",))).count == 0
    with pytest.raises(RecordNotFound):
        shop.change("account", account, name="New")


def test_a_restored_record_is_back(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    shop.store.delete(shop.actor("eve"), "account", account)
    shop.store.restore(shop.actor("eve"), "account", account)
    assert shop.names("account") == ["Acme"]
    assert [kind for kind, _ in shop.changes("account", account)] == ["created", "deleted", "restored"]
    with pytest.raises(RecordNotFound):
        shop.store.restore(shop.actor("eve"), "account", account)


def test_a_link_that_restricts_keeps_the_record(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    task = shop.add("task", name="Call", account=account)
    deals = [shop.add("deal", name=str(number), account=account) for number in range(2)]
    with pytest.raises(Refused, match=r"cannot be deleted: 2 records still point at it \(Deals\)"):
        shop.store.delete(shop.actor("eve"), "account", account)
    assert in_bin(shop, account=("account", account), task=("task", task)) == set()
    for deal in deals:
        shop.store.delete(shop.actor("eve"), "deal", deal)
    shop.store.delete(shop.actor("eve"), "account", account)
    assert in_bin(shop, account=("account", account), task=("task", task)) == {"account", "task"}


def test_a_link_that_clears_loses_its_value_and_says_so(shop: Shop) -> None:
    parent = shop.add("account", name="Parent")
    child = shop.add("account", name="Child", parent=parent)
    shop.store.delete(shop.actor("eve"), "account", parent)
    assert (shop.row("account", child)["parent"], shop.row("account", child)["version"]) == (None, 2)
    assert shop.changes("account", child)[1] == ("updated", {"parent": (parent, None)})


def test_what_went_along_comes_back_and_what_went_before_does_not(shop: Shop) -> None:
    eve, deal = shop.actor("eve"), shop.add("deal", name="Big")
    early, late = (shop.add("deal_line", deal=deal, product=name, price=1) for name in ("Bolt", "Nut"))
    shop.store.delete(eve, "deal_line", early)
    shop.clock.advance(timedelta(minutes=1))
    shop.store.delete(eve, "deal", deal)
    records = {"deal": ("deal", deal), "early": ("deal_line", early), "late": ("deal_line", late)}
    assert in_bin(shop, **records) == {"deal", "early", "late"}
    shop.store.restore(eve, "deal", deal)
    assert in_bin(shop, **records) == {"early"}


def test_a_chain_and_a_ring_go_and_come_back_together(shop: Shop) -> None:
    eve = shop.actor("eve")
    first = shop.add("task", name="1")
    second = shop.add("task", name="2", after=first)
    third = shop.add("task", name="3", after=second)
    shop.change("task", first, after=third)
    shop.store.delete(eve, "task", second)
    records = {"1": ("task", first), "2": ("task", second), "3": ("task", third)}
    assert in_bin(shop, **records) == {"1", "2", "3"}
    shop.store.restore(eve, "task", third)
    assert in_bin(shop, **records) == set()


def test_a_part_does_not_come_back_alone(shop: Shop) -> None:
    eve, deal = shop.actor("eve"), shop.add("deal", name="Big")
    line = shop.add("deal_line", deal=deal, product="Bolt", price=1)
    shop.store.delete(eve, "deal", deal)
    with pytest.raises(Refused, match=r"belongs to another one that is in the bin \(Deal\)"):
        shop.store.restore(eve, "deal_line", line)


def test_a_deleted_user_stays_written_in_what_they_own(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    shop.store.delete(ENGINE, "user", shop.people["ann"])
    assert shop.row("deal", deal)["owner__title"] == "Ann"


def test_many_records_go_along_in_few_statements(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    with shop.store.begin(ENGINE, "import") as write:
        for number in range(30):
            write.create("task", {"name": str(number), "account": account})
    with shop.database.count_statements() as statements:
        shop.store.delete(shop.actor("eve"), "account", account)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) < 12
    assert shop.names("task") == []
