"""Two people change the same record; two records want the same value."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records import links
from engine.records.errors import Clash, Conflict, Invalid
from tests.records.shop import Shop, open_shop


def change(shop: Shop, deal: int, version: int, who: str = "ann", **values: Any) -> int:
    return shop.store.change(shop.actor(who), "deal", deal, values, version)


def test_changes_of_different_fields_are_both_kept(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big", amount=5)
    assert change(shop, deal, 1, name="Bigger") == 2
    assert change(shop, deal, 1, "ben", amount=6) == 3
    assert (shop.row("deal", deal)["name"], str(shop.row("deal", deal)["amount"])) == ("Bigger", "6.00")


def test_a_change_of_the_same_field_is_a_conflict_that_shows_both_values(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big", secret="a")
    shop.clock.set(datetime(2026, 3, 5, tzinfo=UTC))
    change(shop, deal, 1, name="Bigger", secret="b")
    with pytest.raises(Conflict) as conflict:
        change(shop, deal, 1, "ben", name="Biggest", secret="c", amount=6)
    details = conflict.value.details
    assert details.clashes == (Clash("name", "Biggest", "Bigger"), Clash("secret", "c", "b"))
    assert (details.version, details.by, details.at) == (2, "Ann", datetime(2026, 3, 5, tzinfo=UTC))
    assert (details.record["name"], shop.row("deal", deal)["amount"]) == ("Bigger", None)


def test_the_same_value_written_twice_is_no_conflict(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    change(shop, deal, 1, name="Bigger")
    assert change(shop, deal, 1, "ben", name="Bigger") == 2


def test_without_a_version_the_last_write_counts(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    assert [shop.change("deal", deal, name=name) for name in ("Bigger", "Biggest")] == [2, 3]


def test_a_unique_value_is_compared_folded_and_trimmed(shop: Shop) -> None:
    shop.add("account", name="Acme", code="ACME  1")
    with pytest.raises(Invalid) as refusal:
        shop.add("account", name="Other", code="  ａｃｍｅ 1 ")
    assert refusal.value.errors["code"].in_("zh-CN") == "另一条记录的“Code”与此相同。"
    assert shop.add("account", name="None") != shop.add("account", name="None")


def test_a_group_of_fields_is_unique_together(shop: Shop) -> None:
    one, two = shop.add("account", name="One"), shop.add("account", name="Two")
    shop.add("deal", name="Big deal", account=one)
    shop.add("deal", name="Big deal", account=two)
    shop.add("deal", name="Big deal")
    shop.add("deal", name="Big deal")
    with pytest.raises(Invalid, match="account: Another record has the same value for Account"):
        shop.add("deal", name="BIG DEAL", account=one)


def test_a_value_is_free_again_when_its_record_is_in_the_bin(shop: Shop) -> None:
    old = shop.add("account", name="Acme", code="1")
    shop.store.delete(shop.actor("eve"), "account", old)
    shop.add("account", name="New", code="1")
    with pytest.raises(Invalid, match="code: Another record has the same value for Code"):
        shop.store.restore(shop.actor("eve"), "account", old)
    assert shop.row("account", old)["deleted_at"] is not None


def test_a_record_may_keep_its_own_value(shop: Shop) -> None:
    account = shop.add("account", name="Acme", code="a1")
    assert shop.change("account", account, code="A1") == 2


def test_the_index_of_the_database_refuses_what_the_look_missed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "is_taken", lambda *_: False)
    shop.add("account", name="Acme", code="1")
    other, one = shop.add("account", name="Other", code="2"), shop.add("account", name="One")
    shop.add("deal", name="Big", account=one)
    for attempt in (
        lambda: shop.add("account", name="New", code="1"),
        lambda: shop.change("account", other, code="1"),
    ):
        with pytest.raises(Invalid, match="code: Another record has the same value for Code"):
            attempt()
    with pytest.raises(Invalid, match="account: Another record has the same value for Account"):
        shop.add("deal", name="big", account=one)
    assert shop.names("account") == ["Acme", "One", "Other"]


def test_of_many_who_want_a_value_at_once_one_gets_it(
    database_url: str, open_database: Callable[[str], Database], clock: SettableClock, identifiers: Identifiers
) -> None:
    shop = open_shop(open_database(database_url), clock, identifiers)
    start, outcomes = threading.Barrier(6), []

    def want() -> None:
        start.wait()
        try:
            outcomes.append(str(bool(shop.add("account", name="Acme", code="1"))))
        except Invalid as refusal:
            outcomes.append(str(refusal))

    threads = [threading.Thread(target=want) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["True", *["code: Another record has the same value for Code."] * 5]


def test_two_people_who_change_one_record_at_once_wait_for_each_other(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    start = threading.Barrier(6)

    def write(number: int) -> None:
        start.wait()
        shop.change("deal", deal, amount=number + 1)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.row("deal", deal)["version"] == 7
    steps = [changes["amount"] for _, changes in shop.changes("deal", deal)[1:]]
    assert [before for before, _ in steps] == [None, *(after for _, after in steps[:-1])]
