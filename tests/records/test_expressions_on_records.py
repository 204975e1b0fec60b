"""An expression about a stored record: the gateway's view of one row and a list's statement give the same answer."""

from __future__ import annotations

from typing import Any

import pytest

from engine.access.actor import ENGINE, Actor
from engine.expressions.parse import parse
from engine.expressions.types import BOOLEAN
from engine.records.view import RecordView
from engine.schema.model import ListQuery
from engine.schema.scope import EntityScope
from tests.records.shop import Shop


@pytest.fixture
def deals(shop: Shop) -> Shop:
    """Deals a, b and c: of a gold branch of an iron company, of that company, of nobody. Ann, whose manager is dan,
    owns the branch; the company is in the bin."""
    ann, dan = shop.people["ann"], shop.people["dan"]
    shop.store.change(ENGINE, "user", ann, {"manager": dan})
    shop.store.change(ENGINE, "user", dan, {"manager": shop.people["eve"]})
    company = shop.add("account", name="Company", tier="iron")
    branch = shop.add("account", name="Branch", tier="gold", parent=company, owner=ann)
    for name, account in (("a", branch), ("b", company), ("c", None)):
        deal = shop.store.create(ENGINE, "deal", {"name": name, "account": account, "amount": 10})
        for price in range(1, {"a": 4, "b": 2}.get(name, 1)):
            shop.add("deal_line", deal=deal, product=f"{name}{price}", price=price * 4)
    shop.add("task", name="Call", account=branch, due="2027-01-01")
    shop.store.delete(ENGINE, "task", shop.add("task", name="Gone", account=company))
    with shop.database.write() as connection:
        accounts = shop.store.model.table("account")
        connection.execute(accounts.update().where(accounts.c.id == company).values(deleted_at=shop.clock.now()))
    return shop


def answers(shop: Shop, text: str) -> tuple[str, str]:
    """The names of the deals an expression holds for, as ann asks: judged one by one, and as a list's filter."""
    fields = {name: entity.fields for name, entity in shop.store.model.entities.items()}
    expression = parse(text, EntityScope("deal", fields), BOOLEAN)
    actor = Actor(shop.people["ann"], frozenset({"boss"}))
    listed = {str(row["name"]) for row in shop.store.list(actor, ListQuery("deal", ("name",), expression)).rows}
    with shop.database.read() as connection:
        model, moment = shop.store.model, shop.store.moment(actor)
        view = RecordView(connection, model, shop.database.dialect, model.entities["deal"], moment)
        rows: list[Any] = connection.execute(model.table("deal").select()).mappings().all()
        judged = {row["name"] for row in rows if view.judge(expression, row)}
    return "".join(sorted(judged)), "".join(sorted(listed))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("account.name == 'Branch'", "a"),
        ("account.tier == 'iron'", "b"),
        ("account.parent.name == 'Company'", "a"),
        ("account.parent.parent == null", "abc"),
        ("account.owner.manager.manager.name == 'Eve'", "a"),
        ("account.owner.team.name == 'North'", "a"),
        ("account.owner == me and account.owner.manager == me.manager", "a"),
        ("account.owner.team == me.team and me.team != null", "a"),
        ("me.manager.manager.name == 'Eve'", "abc"),
        ("me.team.parent.name == 'Company'", "abc"),
        ("account.owner.team in me.teams", "a"),
    ],
)
def test_links_are_followed_alike(deals: Shop, text: str, names: str) -> None:
    assert answers(deals, text) == (names, names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("exists(lines)", "ab"),
        ("count(lines) == 0", "c"),
        ("count(lines, price > 4) == 2", "a"),
        ("count(lines, price * 2 > record.amount) > 1", "a"),
        ("exists(lines, deal == record and product == 'b1')", "b"),
        ("exists(task, account == record.account)", "a"),
        ("exists(task, account == record.account and due > record.close_date + 30)", "a"),
        ("exists(task, name == 'Gone')", ""),
        ("exists(deal, id != record.id and amount == record.amount and name > record.name)", "ab"),
        ("exists(account, parent == record.account and exists(task, account == record.id))", "b"),
        ("exists(account, parent == record.account and owner == me and owner.team in me.teams)", "b"),
        (
            "count(account, tier == 'gold' and id in [null]) == 0 and exists(user, id == me and main_team == me.team)",
            "abc",
        ),
        ("count(account, exists(deal, account == record.id and name >= record.record.name)) > 0", "a"),
    ],
)
def test_other_records_are_counted_alike(deals: Shop, text: str, names: str) -> None:
    assert answers(deals, text) == (names, names)


def test_what_many_rows_read_behind_a_link_takes_one_statement(deals: Shop) -> None:
    paths = [("account", "name"), ("account", "owner", "manager", "name"), ("account", "parent", "name")]
    model = deals.store.model
    with deals.database.read() as connection:
        view = RecordView(
            connection, model, deals.database.dialect, model.entities["deal"], deals.store.moment(deals.actor("ann"))
        )
        rows: list[Any] = connection.execute(model.table("deal").select()).mappings().all()
        with deals.database.count_statements() as statements:
            view.preload(paths, rows)
    assert len(statements) == 1
