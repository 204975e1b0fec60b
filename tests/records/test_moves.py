"""Stage moves: from, who, if, ask; the entries a record leaves behind; creation in a later stage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.records.errors import Invalid, MoveRefused
from tests.records.shop import Shop


def refused(shop: Shop, deal: int, who: str = "ann", **values: Any) -> tuple[str | None, tuple[str, ...], str]:
    with pytest.raises(MoveRefused) as refusal:
        shop.change("deal", deal, who, **values)
    reason = refusal.value.reason
    return reason.in_("en") if reason else None, refusal.value.missing, refusal.value.target


def stages(shop: Shop, deal: int) -> list[tuple[str, str, str | None]]:
    entries = shop.store.stages("deal", deal)
    return [(stage, entered.strftime("%d"), left.strftime("%d") if left else None) for stage, entered, left in entries]


def test_a_move_nobody_defined_is_refused(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    assert refused(shop, deal, stage="won") == ("There is no move from “Lead” to “Won”.", (), "won")
    assert shop.row("deal", deal)["stage"] == "lead"


def test_a_move_asks_for_what_is_missing_before_it_judges(shop: Shop) -> None:
    account = shop.add("account", name="Acme")
    deal = shop.add("deal", "ann", name="Big")
    assert refused(shop, deal, stage="offer") == (None, ("account",), "offer")
    assert refused(shop, deal, stage="offer", account=account) == (
        "Before a record moves to “Offer”, look at: Amount.", (), "offer",
    )  # fmt: skip
    shop.change("deal", deal, "ann", stage="offer", account=account, amount=1)
    assert shop.row("deal", deal)["stage"] == "offer"


def test_a_move_takes_the_role_it_names(shop: Shop) -> None:
    deal = shop.store.create(ENGINE, "deal", {"name": "Big", "stage": "won", "owner": shop.people["ann"]})
    assert refused(shop, deal, stage="lead") == ("Your role does not allow the move from “Won” to “Lead”.", (), "lead")
    shop.change("deal", deal, "eve", stage="lead")
    assert shop.row("deal", deal)["stage"] == "lead"


def test_from_any_leads_from_every_stage(shop: Shop) -> None:
    deal = shop.store.create(ENGINE, "deal", {"name": "Big", "stage": "won", "owner": shop.people["ann"]})
    assert refused(shop, deal, stage="lost") == (None, ("lost_reason",), "lost")
    shop.change("deal", deal, "ann", stage="lost", lost_reason="Price")
    assert shop.row("deal", deal)["stage"] == "lost"


def test_the_moves_an_actor_may_try(shop: Shop) -> None:
    deal = shop.store.create(ENGINE, "deal", {"name": "Big", "stage": "won", "owner": shop.people["ann"]})
    entity, row = shop.store.model.entities["deal"], shop.row("deal", deal)
    tries = {who: shop.store.moves(shop.actor(who), entity, row) for who in ("ann", "eve")}
    assert tries == {"ann": ("lost",), "eve": ("lead", "lost")}


def test_a_new_record_in_a_later_stage_passes_the_guard_of_getting_there(shop: Shop) -> None:
    for values, outcome in (
        ({"stage": "won"}, (None, "There is no move from “Lead” to “Won”.")),
        ({"stage": "offer"}, (("account",), None)),
    ):
        with pytest.raises(MoveRefused) as refusal:
            shop.add("deal", "ann", name="Big", **values)
        reason = refusal.value.reason
        assert (refusal.value.missing or None, reason.in_("en") if reason else None) == outcome
    assert shop.add("deal", "ann", name="Big", stage="offer", amount=1, account=shop.add("account", name="Acme"))


def test_the_engine_passes_every_guard(shop: Shop) -> None:
    deal = shop.store.create(ENGINE, "deal", {"name": "Big", "stage": "offer"})
    shop.store.change(ENGINE, "deal", deal, {"stage": "won"})
    assert shop.row("deal", deal)["stage"] == "won"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_record_is_never_without_a_stage(shop: Shop, nothing: str | None) -> None:
    deal = shop.add("deal", "ann", name="Big")
    with pytest.raises(Invalid, match=r"stage: Stage is required\."):
        shop.change("deal", deal, stage=nothing)
    with pytest.raises(Invalid, match=r"stage: Stage is required\."):
        shop.add("deal", "ann", name="None", stage=nothing)


def test_each_stage_is_kept_with_when_it_was_entered_and_left(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big", amount=1, account=shop.add("account", name="Acme"))
    for day, stage in ((5, "offer"), (6, "won"), (9, "lead"), (10, "offer")):
        shop.clock.set(datetime(2026, 3, day, 12, tzinfo=UTC))
        shop.change("deal", deal, "eve", stage=stage)
    assert stages(shop, deal) == [
        ("lead", "04", "05"), ("offer", "05", "06"), ("won", "06", "09"), ("lead", "09", "10"), ("offer", "10", None),
    ]  # fmt: skip
