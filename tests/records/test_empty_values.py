"""Whether a field has a value is one answer for every type, computed or not: on a record, and in a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.compiling import compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.expressions.parse import parse
from engine.expressions.types import BOOLEAN
from engine.publishing.apply import found
from engine.publishing.workspace import make_workspace, tables_of
from engine.records.rows import RowSource
from engine.records.store import Store
from engine.records.view import RecordView
from engine.schema.model import ListQuery
from engine.schema.scope import EntityScope
from tests.records.gatherings import Gatherings, open_gatherings
from tests.records.memberships import open_memberships
from tests.records.orders import open_orders

EVERY_TYPE = Path(__file__).parent.parent / "blueprints" / "every_type" / "blueprint.yaml"
FORMS = {
    "is_empty({})": True,
    "{} == null": True,
    "{} in [null]": True,
    "null != {}": False,
    "not is_empty({})": False,
    "{} not in [null]": False,
}
"""Whether each holds for a record without a value."""
LINKS = ("parent", "helper", "crew")
Filled = Callable[[Database, SettableClock, Identifiers], Store]


def things(database: Database, clock: SettableClock, ids: Identifiers) -> Store:
    """One thing without any value, one with a value of every type, one with every other."""
    compiled = compile_sources({"blueprint.yaml": EVERY_TYPE.read_text(encoding="utf-8")})
    assert compiled.blueprint is not None
    tables = tables_of(compiled.blueprint)
    found(database, compiled.blueprint, tables, compiled.sources, "Things", ids, clock, lambda connection: None)
    store = make_workspace("Things", compiled.blueprint, tables, database, ids, clock).store
    user = store.create(ENGINE, "user", {"name": "Mei", "email": "mei@example.org"})
    bare = store.create(ENGINE, "thing", {"name": "Bare", "palette": None})
    full = store.create(ENGINE, "thing", {"name": "Full", "mates": (bare,), "testers": (user,), "parent": bare})
    half = store.create(ENGINE, "thing", {"name": "Half", "testers": (user,)})
    for about in (None, ("thing", full)):
        store.create(ENGINE, "note", {"subject": "Note", "about": about, "things": (half,) if about else None})
    table = store.model.table("thing")
    kinds = {field.name: field.type for field in store.model.entities["thing"].declared if field.type.stored}
    plain = [
        name for name, kind in kinds.items() if not kind.sealed and name not in ("name", "mates", "testers", *LINKS)
    ]
    values = {name: kinds[name].samples[0].value for name in plain}
    with database.write() as connection:
        connection.execute(table.update().where(table.c.id == full).values(values))
        connection.execute(table.update().where(table.c.id == half).values(dict([*values.items()][::2])))
    return store


def orders(database: Database, clock: SettableClock, ids: Identifiers) -> Store:
    """A customer and a sale of which everything is computed, and each of which nothing is."""
    shop = open_orders(database, clock, ids)
    customer = shop.add("customer", name="Acme", tier="gold", staff=3, rebate=5)
    shop.add("customer", name="Below", parent=customer)
    product = shop.add("product", name="Drill", price=10)
    sale = shop.add("sale", name="Big", customer=customer, also=(product,))
    shop.add("sale", name="None")
    shop.add("line", sale=sale, product=product)
    shop.add("line", sale=sale)
    return shop.store


def memberships(database: Database, clock: SettableClock, ids: Identifiers) -> Store:
    crm = open_memberships(database, clock, ids)
    crm.link("ada", "spring")
    return crm.store


@pytest.mark.parametrize(
    ("filled", "entities"),
    [
        (things, ("thing", "note", "user")),
        (orders, ("customer", "sale", "line", "product")),
        (memberships, ("person", "campaign", "member")),
    ],
)
def test_a_list_and_a_record_tell_alike_what_is_empty(
    filled: Filled, entities: Sequence[str], database: Database, clock: SettableClock, identifiers: Identifiers
) -> None:
    store = filled(database, clock, identifiers)
    for entity in entities:
        for text, (expected, judged, listed) in answers(store, database, entity).items():
            assert (judged, listed) == (expected, expected), f"{entity}: {text}"


def answers(store: Store, database: Database, entity: str) -> dict[str, tuple[list[bool], ...]]:
    """For each expression what it is on each record: by its values, judged, and in SQL."""
    scope = EntityScope(entity, {name: each.fields for name, each in store.model.entities.items()})
    fields = [name for name in store.model.entities[entity].fields if scope.member(None, name)]
    asked = [(name, form, parse(form.format(name), scope, BOOLEAN)) for name in fields for form in FORMS]
    ids = sorted(row["id"] for row in store.list(ENGINE, ListQuery(entity, ())).rows)
    records = [store.get(ENGINE, entity, record_id).row for record_id in ids]
    rows, moment = RowSource(store.model, store.dialect, entity), store.moment(ENGINE)
    columns = [rows.condition(expression).label(f"c{place}") for place, (*_, expression) in enumerate(asked)]
    with database.read() as connection:
        view = RecordView(connection, store.model, store.dialect, store.model.entities[entity], moment)
        judged = [[bool(view.judge(expression, row)) for row in records] for *_, expression in asked]
        everything = rows.table.select().with_only_columns(*columns).select_from(rows.joined).order_by(rows.table.c.id)
        found: list[Any] = connection.execute(everything.where(rows.table.c.id.in_(ids)), moment.parameters).all()
    return {
        form.format(name): (
            [(row[name] is None) is FORMS[form] for row in records],
            judged[place],
            [bool(row[place]) for row in found],
        )
        for place, (name, form, _) in enumerate(asked)
    }


@pytest.fixture
def gatherings(database: Database, clock: SettableClock, identifiers: Identifiers) -> Gatherings:
    return open_gatherings(database, clock, identifiers)


@pytest.mark.parametrize("filter", ["is_empty(guests)", "guests == null", "chair == null and is_empty(chair.friends)"])
def test_a_filter_and_a_rule_ask_for_records_without_links(gatherings: Gatherings, filter: str) -> None:
    gatherings.event("Full", "ada", chair=gatherings.guests["cat"])
    gatherings.event("Alone")
    scope = EntityScope("event", {name: each.fields for name, each in gatherings.store.model.entities.items()})
    query = ListQuery("event", ("name",), parse(filter, scope, BOOLEAN))
    assert [row["name"] for row in gatherings.store.list(gatherings.helper, query).rows] == ["Alone"]
