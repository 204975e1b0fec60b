"""Line items stay as they are while the field that holds them may not be changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid, Refused
from engine.records.writing import LineChange
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: offers, version: 1.0.0, title: Offers}
settings: {languages: [en]}
entities:
  offer:
    label: Offer
    title: name
    fields:
      name: {type: text}
      sent: {type: boolean}
      items: {type: children, of: item, key: offer, readonly: "sent", label: Items}
  item:
    label: Item
    title: name
    fields:
      offer: {type: link, to: offer, required: true}
      name: {type: text}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  seller: {entities: {offer: {read: all}}}
  reader: {entities: {offer: {read: all}}}
"""
TOLD = "Items cannot be changed now."


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert not whole.problems.errors, "\n".join(whole.problems.lines())
    return whole


@pytest.fixture
def offers(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_shop(database, clock, identifiers, compiled())


def told(write: Callable[[], Any]) -> str:
    with pytest.raises((Invalid, Refused)) as refusal:
        write()
    error = refusal.value
    return error.errors["items"].in_("en") if isinstance(error, Invalid) else error.message.in_("en")


def test_no_way_in_changes_them(offers: Shop) -> None:
    eve, store = offers.actor("eve"), offers.store
    offer, other = offers.add("offer", name="A"), offers.add("offer", name="B")
    item, gone, far = (offers.add("item", offer=each, name="I") for each in (offer, offer, other))
    store.delete(eve, "item", gone)
    offers.change("offer", offer, sent=True)

    def together(*changes: LineChange) -> Callable[[], Any]:
        return lambda: store.change(eve, "offer", offer, {"name": "C"}, None, {"items": changes})

    assert told(lambda: offers.add("item", offer=offer, name="J")) == TOLD
    assert told(lambda: offers.change("item", item, name="J")) == TOLD
    assert told(lambda: offers.change("item", item, offer=other)) == TOLD
    assert told(lambda: offers.change("item", far, offer=offer)) == TOLD
    assert told(lambda: store.delete(eve, "item", item)) == TOLD
    assert told(lambda: store.restore(eve, "item", gone)) == TOLD
    assert told(together(LineChange(None, {"name": "J"}))) == TOLD
    assert told(together(LineChange(item, {"name": "J"}))) == TOLD
    assert told(together(LineChange(item, {}, delete=True))) == TOLD
    with store.begin(eve, "import") as write:
        (answer,) = write.create_or_change("item", [(item, {"name": "J"})])
    assert isinstance(answer, Refused) and (offers.row("item", item)["name"], offers.row("item", far)["offer"]) == (
        "I",
        other,
    )


def test_a_form_that_brings_them_as_they_are_is_saved_and_what_locks_them_counts_as_it_was(offers: Shop) -> None:
    eve, offer = offers.actor("eve"), offers.add("offer", name="A")
    item = offers.add("item", offer=offer, name="I")
    lines = {"items": [LineChange(item, {"name": "J"}), LineChange(None, {"name": "K"})]}
    offers.store.change(eve, "offer", offer, {"sent": True}, None, lines)
    offers.store.change(eve, "offer", offer, {"name": "B"}, None, {"items": [LineChange(item, {"name": "J"})]})
    assert (offers.names("item"), offers.row("offer", offer)["name"]) == (["J", "K"], "B")
    offers.store.delete(eve, "offer", offer)
    offers.store.restore(eve, "offer", offer)
    assert offers.names("item") == ["J", "K"]
    offers.store.change(ENGINE, "item", item, {"name": "L"})
