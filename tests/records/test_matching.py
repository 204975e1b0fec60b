"""Duplicates of what is about to be written: what is found, for whom, and that the keys follow every write."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from engine.access.actor import ENGINE
from engine.database.match_tables import match_key, matched
from engine.records import match_index
from engine.records.matching import candidates
from tests.records.shop import Shop


def near(clients: Shop, entity: str, who: str = "eve", **values: Any) -> list[tuple[int, str, int]]:
    actor = clients.actor(who)
    return [
        (found.id, found.match.rule.name, found.score) for found in candidates(clients.store, actor, entity, values)
    ]


def kept(clients: Shop) -> list[tuple[Any, ...]]:
    with clients.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(match_key).order_by(*match_key.primary_key))]


def test_people_are_found_by_mail_by_any_phone_and_by_name_at_the_same_company(clients: Shop) -> None:
    home = clients.add("account", name="Larkfield")
    ann = clients.add("contact", name="Ann Lee", email="Ann@larkfield.com", mobile="+8613800138000", account=home)
    wei = clients.add("contact", name="张伟", account=home)
    assert near(clients, "contact", email="ann+news@Larkfield.com") == [(ann, "same_email", 100)]
    assert near(clients, "contact", phone="+8613800138000") == [(ann, "same_phone", 100)]
    assert near(clients, "contact", name=("Zhang", "Wei"), account=home) == [(wei, "same_person", 100)]
    assert near(clients, "contact", name=("Zhang", "Wei")) == []
    assert near(clients, "contact", name=("Lea", "Ann"), account=home) == []


def test_companies_nothing_is_said_of_are_found_by_phone_domain_and_name(clients: Shop) -> None:
    mogu = clients.add("account", name="上海蘑菇科技有限公司", website="www.mogu.cn", phone="+862162345678")
    acme = clients.add("account", name="Acme Trading GmbH")
    assert near(clients, "account", name="蘑菇科技") == [(mogu, "similar_name", 100)]
    assert near(clients, "account", website="https://shop.mogu.cn/a") == [(mogu, "same_domain", 100)]
    assert near(clients, "account", phone="+862162345678;ext=9") == [(mogu, "same_phone", 100)]
    assert near(clients, "account", name="ACME Tradng Ltd.") == [(acme, "similar_name", 96)]
    assert near(clients, "account", name="Acme", website="https://qq.com") == near(clients, "deal", name="Acme") == []


def test_the_keys_follow_a_change_the_bin_and_the_way_back(clients: Shop) -> None:
    ann = clients.add("contact", name="Ann Lee", email="ann@example.com", phone="+8613800138000")
    clients.change("contact", ann, email="lee@example.com")
    assert near(clients, "contact", email="ann@example.com") == []
    assert near(clients, "contact", email="lee@example.com") == [(ann, "same_email", 100)]
    clients.store.delete(ENGINE, "contact", ann)
    assert near(clients, "contact", email="lee@example.com") == []
    clients.store.restore(ENGINE, "contact", ann)
    assert near(clients, "contact", email="lee@example.com") == [(ann, "same_email", 100)]


def test_nobody_is_hinted_at_what_they_may_not_read(clients: Shop) -> None:
    ann = clients.add("contact", "ann", name="Ann Lee", email="ann@example.com")
    found_by = {who: near(clients, "contact", who, email="ann@example.com") for who in ("ann", "ben", "fay")}
    assert found_by == {"ann": [(ann, "same_email", 100)], "ben": [], "fay": [(ann, "same_email", 100)]}


def test_a_look_up_is_two_statements_and_none_when_nothing_is_known(clients: Shop) -> None:
    clients.add("contact", name="Ann Lee", email="ann@example.com")
    with clients.database.count_statements() as statements:
        assert near(clients, "contact", name=("Lee", "Ann")) == []
    assert len(statements) == 0
    with clients.database.count_statements() as statements:
        assert len(near(clients, "contact", email="ann@example.com", phone="+8613800138000")) == 1
    assert len(statements) == 2


def test_keys_are_made_anew_when_the_rules_are_others(clients: Shop) -> None:
    clients.add("contact", name="Ann Lee", email="ann@example.com")
    clients.add("account", name="Larkfield", website="larkfield.com")
    entities, before = clients.workspace.blueprint.entities, kept(clients)
    with clients.database.write() as connection:
        connection.execute(update(matched).values(rules="older"))
        assert match_index.outdated(connection, entities) == ["account", "contact"]
        ids = clients.store._ids
        match_index.rebuild(connection, ids, entities, clients.store.model.metadata, ["account", "contact"])
        assert match_index.outdated(connection, entities) == []
    assert kept(clients) == before and len(before) == 5


@pytest.mark.parametrize("hostile", ["%", "'; DROP", "\x00", "￿", "||", "a|b@c.d", "@", "x" * 5000])
def test_hostile_values_match_only_themselves(clients: Shop, hostile: str) -> None:
    clients.add("account", name="Larkfield")
    assert near(clients, "account", name=hostile, website=hostile, phone=hostile) == []
