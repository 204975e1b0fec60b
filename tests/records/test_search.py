"""Search: what is found, in which order, and by whom; the index follows every write."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from engine.access.actor import ENGINE
from engine.database.search_tables import searched
from engine.records import search_index
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from tests.records.shop import Shop

NAMES = ("Zürich Insurance", "上海蘑菇科技有限公司", "Acme Corp", "O'Neill & Söhne")


@pytest.fixture
def accounts(shop: Shop) -> dict[str, int]:
    return {name: shop.add("account", name=name, tier="gold") for name in NAMES}


def found(shop: Shop, typed: str) -> list[str]:
    ids = shop.store.search(ENGINE, typed, ["account", "deal"], 10).get("account", [])
    return [shop.store.get(ENGINE, "account", record).title for record in ids]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zurich", [NAMES[0]]),
        ("INS zür", [NAMES[0]]),
        ("蘑菇", [NAMES[1]]),
        ("菇", [NAMES[1]]),
        ("海蘑菇科", [NAMES[1]]),
        ("公司上海", []),
        ("corp", [NAMES[2]]),
        ("orp", []),
        ("sohne o'neill", [NAMES[3]]),
        ('" OR "', []),
        ("%", []),
    ],
)
def test_records_are_found_by_their_words(shop: Shop, accounts: dict[str, int], typed: str, names: list[str]) -> None:
    assert found(shop, typed) == names
    page = shop.store.list(ENGINE, ListQuery("account", ("name",)), PageRequest(search=typed))
    assert [row["name"] for row in page.rows] == names


def test_the_index_follows_a_change_the_bin_and_the_way_back(shop: Shop, accounts: dict[str, int]) -> None:
    record = accounts["Acme Corp"]
    shop.store.change(ENGINE, "account", record, {"name": "Bolt Corp"})
    assert (found(shop, "acme"), found(shop, "bolt")) == ([], ["Bolt Corp"])
    shop.store.delete(ENGINE, "account", record)
    assert found(shop, "bolt") == []
    shop.store.restore(ENGINE, "account", record)
    assert found(shop, "corp") == ["Bolt Corp"]


def test_nobody_finds_what_they_may_not_read(shop: Shop) -> None:
    shop.add("deal", "ann", name="Secret plan")
    shop.add("deal", "cat", name="Secret party")
    found_by = {
        who: len(shop.store.search(shop.actor(who), "secret", ["deal", "account"], 10).get("deal", []))
        for who in ("ann", "cat", "eve", "fay")
    }
    assert found_by == {"ann": 1, "cat": 1, "eve": 2, "fay": 0}


def test_a_search_over_many_entities_is_one_statement(shop: Shop, accounts: dict[str, int]) -> None:
    with shop.database.count_statements() as statements:
        shop.store.search(ENGINE, "corp", ["account", "deal", "user", "team"], 5)
    assert len(statements) == 1


def test_records_are_indexed_anew_when_they_are_searched_by_other_fields(shop: Shop, accounts: dict[str, int]) -> None:
    entities = shop.workspace.blueprint.entities
    with shop.database.write() as connection:
        connection.execute(update(searched).values(fields="older"))
        assert set(search_index.outdated(connection, entities)) == set(entities)
        search_index.rebuild(connection, entities, shop.store.model.metadata, entities)
        assert search_index.outdated(connection, entities) == []
    assert found(shop, "corp") == ["Acme Corp"]
