"""Records of files: references, line items, relative dates, and the journey of a stage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.language.nodes import Place
from engine.records.planting import Garden, Planter, PlantingRefused, in_planting_order
from engine.records.query import PageRequest
from engine.schema.model import ListQuery, SeedRecord
from tests.records.shop import Shop


def plant(shop: Shop, *records: tuple[str, str, dict[str, Any]]) -> dict[str, int]:
    """The ids of the planted records by reference."""
    model, garden = shop.store.model, Garden()
    seeds = [SeedRecord(entity, ref, values, Place("demo.yaml", 1, 1)) for entity, ref, values in records]
    planter = Planter(model, shop.clock.now(), garden)
    with shop.database.write() as connection, shop.store.planting(connection, "demo") as write:
        for seed in in_planting_order(model, seeds):
            planter.plant(write, seed)
        planter.finish(write)
    return {ref: record_id for (_, ref), record_id in garden.ids.items()}


def test_a_record_has_its_links_lines_and_past(shop: Shop) -> None:
    ids = plant(
        shop,
        (
            "deal",
            "big",
            {
                "name": "Big", "account": "acme", "owner": "gus@example.org", "close_date": "today-5d", "amount": 7,
                "stage": "lead today-9d > offer now-2h > lost", "lost_reason": "Price",
                "lines": [{"product": "Bolt", "price": "1.5"}],
            },
        ),
        ("account", "acme", {"name": "Acme", "created_at": "today-30d"}),
        ("user", "gus", {"name": "Gus", "email": "gus@example.org", "roles": ["seller"]}),
    )  # fmt: skip
    deal, account = shop.row("deal", ids["big"]), shop.row("account", ids["acme"])
    assert (deal["account__title"], deal["owner__title"], deal["lost_reason"]) == ("Acme", "Gus", "Price")
    assert (str(deal["close_date"]), deal["created_at"]) == ("2026-02-27", datetime(2026, 2, 23, 1, 30, tzinfo=UTC))
    assert account["created_at"] == datetime(2026, 2, 2, 1, 30, tzinfo=UTC)
    assert [(stage, entered) for stage, entered, _ in shop.store.stages("deal", ids["big"])] == [
        ("lead", datetime(2026, 2, 23, 1, 30, tzinfo=UTC)),
        ("offer", datetime(2026, 3, 4, 7, 30, tzinfo=UTC)),
        ("lost", datetime(2026, 3, 4, 9, 30, tzinfo=UTC)),
    ]


def test_what_was_planted_has_its_history_left_its_stages_and_is_found(shop: Shop) -> None:
    ids = plant(
        shop, *(("deal", f"d{n}", {"name": f"Otter {n}", "stage": "lead today-9d > offer today-2d"}) for n in range(3))
    )
    for deal in (ids["d0"], ids["d2"]):
        left = [(stage, None if out is None else out.day) for stage, _, out in shop.store.stages("deal", deal)]
        assert left == [("lead", 2), ("offer", None)]
        assert [entry.kind for entry in shop.store.history(ENGINE, "deal", deal)] == ["updated", "created"]
    found = shop.store.list(ENGINE, ListQuery("deal", ("name",)), PageRequest(search="otter 1")).rows
    assert [row["id"] for row in found] == [ids["d1"]]


def test_a_default_of_today_is_the_day_the_record_was_made(shop: Shop) -> None:
    ids = plant(shop, ("deal", "old", {"name": "Old", "created_at": "2026-01-01T12:00+08:00"}))
    assert str(shop.row("deal", ids["old"])["close_date"]) == "2026-01-31"


def test_records_that_name_each_other_are_tied_in_the_end(shop: Shop) -> None:
    ids = plant(
        shop,
        ("task", "a", {"name": "A", "after": "b", "created_at": "today-9d"}),
        ("task", "b", {"name": "B", "after": "a"}),
    )
    rows = {name: shop.row("task", ids[name]) for name in ("a", "b")}
    assert {name: row["after"] for name, row in rows.items()} == {"a": ids["b"], "b": ids["a"]}
    assert rows["a"]["updated_at"] == datetime(2026, 2, 23, 1, 30, tzinfo=UTC)


def test_a_rule_about_today_holds_on_the_day_of_the_record_or_on_this_one(shop: Shop) -> None:
    ids = plant(
        shop,
        ("task", "late", {"name": "Late", "created_at": "today-30d", "due": "today-10d", "done": "today-5d"}),
        ("task", "new", {"name": "New", "due": "today+3d", "done": "today"}),
    )
    rows = {name: shop.row("task", ids[name]) for name in ("late", "new")}
    assert {name: (str(row["due"]), str(row["done"])) for name, row in rows.items()} == {
        "late": ("2026-02-22", "2026-02-27"),
        "new": ("2026-03-07", "2026-03-04"),
    }


@pytest.mark.parametrize("values", [{"due": "today-31d"}, {"done": "today+1d"}])
def test_a_record_that_was_never_valid_is_refused(shop: Shop, values: dict[str, str]) -> None:
    with pytest.raises(PlantingRefused):
        plant(shop, ("task", "wrong", {"name": "Wrong", "created_at": "today-30d", **values}))


def test_a_reference_to_nothing_is_refused(shop: Shop) -> None:
    with pytest.raises(PlantingRefused) as refusal:
        plant(shop, ("task", "a", {"name": "A", "after": "z"}))
    assert refusal.value.message.in_("en") == (
        "demo.yaml:1:1: the record a cannot be written. after names z, and no record has this reference."
    )
    assert refusal.value.message.in_("zh-CN") == (
        "demo.yaml:1:1：无法写入记录 a。after 引用了 z，但没有这个引用名的记录。"
    )
