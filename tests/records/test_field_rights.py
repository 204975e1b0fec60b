"""Fields that a role does not see, or sees and does not write: every way through the gateway."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.access.actor import Actor
from engine.clock import SettableClock
from engine.compiling import compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid, Refused
from engine.records.grouping import Group
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery, Sort
from tests.records.shop import BLUEPRINT, Shop, open_shop

UNKNOWN = "amount: "
ROLES = """
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  reader: {entities: {deal: {read: all}}}
  seller:
    entities:
      account: {read: all, create: true, update: all}
      deal:
        read: all
        create: true
        update: all
        fields: {amount: none, close_date: none, probability: read, discount: read}
  caller: {entities: {deal: {read: own, fields: {amount: read, discount: none}}}}
"""


@pytest.fixture
def limited(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    text = BLUEPRINT[: BLUEPRINT.index("roles:\n")] + ROLES.removeprefix("\n")
    return open_shop(database, clock, identifiers, compile_sources({"blueprint.yaml": text}))


def who(shop: Shop, *roles: str) -> Actor:
    return Actor(shop.people["ann"], frozenset(roles))


def test_a_field_a_role_does_not_see_is_not_in_the_record_its_list_or_its_history(limited: Shop) -> None:
    deal = limited.add("deal", name="Big", amount=10)
    limited.change("deal", deal, amount=20)
    seller = who(limited, "seller")
    record = limited.store.get(seller, "deal", deal)
    assert "amount" not in record.row and "amount" not in record.entity.fields and record.row["probability"] is not None
    (row,) = limited.store.list(seller, ListQuery("deal", ("name", "amount"))).rows
    assert "amount" not in row
    told = [dict(entry.changes).keys() for entry in limited.store.history(seller, "deal", deal)]
    assert len(told) == 1 and "amount" not in told[0] and "name" in told[0]


@pytest.mark.parametrize(
    "ask",
    [
        lambda store, actor: store.list(actor, ListQuery("deal", ()), PageRequest((Condition("amount", "not_empty"),))),
        lambda store, actor: store.list(actor, ListQuery("deal", ()), PageRequest(sort=(Sort("amount"),))),
        lambda store, actor: store.list(actor, ListQuery("deal", (), sort=(Sort("amount"),))),
        lambda store, actor: store.list(actor, ListQuery("deal", ()), PageRequest(group=Group("amount"))),
        lambda store, actor: store.aggregate(actor, ListQuery("deal", ()), sums=["amount"]),
        lambda store, actor: store.aggregate(actor, ListQuery("deal", ()), sums=["max:amount"]),
        lambda store, actor: store.aggregate_by(actor, ListQuery("deal", ()), "amount"),
        lambda store, actor: store.pivot(actor, ListQuery("deal", ()), [Group("amount")]),
        lambda store, actor: store.pivot(actor, ListQuery("deal", ()), [Group("stage")], ["amount"]),
        lambda store, actor: store.counts(
            actor, [ListQuery("deal", ())], 9, [PageRequest((Condition("amount", "not_empty"),))]
        ),
    ],
)
def test_nothing_is_filtered_sorted_grouped_or_added_up_by_a_field_one_does_not_see(
    limited: Shop, ask: Callable[..., object]
) -> None:
    limited.add("deal", name="Big", amount=10)
    with pytest.raises(Refused, match="a field of Deal that you may not see"):
        ask(limited.store, who(limited, "seller"))
    ask(limited.store, who(limited, "boss"))


def test_of_several_roles_the_widest_right_wins_for_each_field(limited: Shop) -> None:
    deal = limited.add("deal", name="Big", amount=10)
    both = limited.store.get(who(limited, "seller", "caller"), "deal", deal).row
    assert ("amount" in both, "discount" in both, "close_date" in both) == (True, True, True)
    alone = limited.store.get(who(limited, "seller", "boss"), "deal", deal)
    assert not alone.entity.fields["probability"].readonly


@pytest.mark.parametrize("amount", [10, 11])
def test_a_field_one_does_not_see_is_refused_whatever_it_is_given(limited: Shop, amount: int) -> None:
    deal = limited.add("deal", name="Big", amount=10)
    with pytest.raises(Invalid, match=UNKNOWN):
        limited.store.change(who(limited, "seller"), "deal", deal, {"amount": amount})
    with pytest.raises(Invalid, match=UNKNOWN):
        limited.store.create(who(limited, "seller"), "deal", {"name": "New", "amount": amount})


def test_a_field_one_only_reads_is_refused_when_it_is_changed(limited: Shop) -> None:
    deal = limited.add("deal", name="Big", probability=10)
    limited.store.change(who(limited, "seller"), "deal", deal, {"probability": 10, "name": "Bigger"})
    with pytest.raises(Invalid, match="probability: "):
        limited.store.change(who(limited, "seller"), "deal", deal, {"probability": 20})
    assert limited.row("deal", deal)["probability"] == 10


def test_a_rule_of_a_field_one_does_not_see_is_told_without_its_name(limited: Shop) -> None:
    account = limited.add("account", name="Gold", tier="gold")
    deal = limited.add("deal", name="Big", amount=10, account=account, close_date=None)
    with pytest.raises(Invalid) as refused:
        limited.store.change(who(limited, "seller"), "deal", deal, {"stage": "offer"})
    told = refused.value.errors
    assert list(told) == [""] and "Something about this Deal that you may not see" in told[""].in_("en")
    limited.change("deal", deal, close_date="2026-04-01")
    limited.store.change(who(limited, "seller"), "deal", deal, {"stage": "offer"})
    assert limited.row("deal", deal)["stage"] == "offer"
