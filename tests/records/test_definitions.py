"""Functions and parameters of a blueprint: the same on a record and in the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.clock import SettableClock
from engine.compiling import compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.expressions.definitions import Defined, Definitions
from engine.expressions.fault import ExpressionFault
from engine.expressions.parse import Expression, parse
from engine.expressions.syntax import read_syntax
from engine.expressions.types import BOOLEAN, NUMBER
from engine.schema.model import ListQuery
from engine.schema.scope import EntityScope
from tests.records.invoices import BLUEPRINT, compiled, open_invoices


def understood(text: str, definitions: Definitions | None = None) -> Expression:
    """An expression over invoices."""
    blueprint = compiled().blueprint
    assert blueprint is not None
    fields = {name: entity.fields for name, entity in blueprint.entities.items()}
    return parse(text, EntityScope("invoice", fields, definitions or blueprint.definitions))


def test_a_function_means_the_same_on_a_record_and_in_the_database(
    database: Database, clock: SettableClock, identifiers: Identifiers
) -> None:
    shop = open_invoices(database, clock, identifiers)
    client = shop.add("client", name="Acme", limit=150)
    for name, amount, paid in (("A", 100, 90), ("B", 100, 50), ("C", 200, 100)):
        shop.add("invoice", name=name, amount=amount, paid=paid, discount=10, client=client if amount < 150 else None)
    query = ListQuery(
        "invoice", ("name",), understood("owed(amount, discount, paid) > 0 and not beyond(amount, client)")
    )
    assert sorted(row["name"] for row in shop.store.list(shop.actor("eve"), query).rows) == ["B", "C"]
    query = ListQuery("invoice", ("name",), understood("param.first_day < due and discount < param.most_discount"))
    assert len(shop.store.list(shop.actor("eve"), query).rows) == 3


def test_a_parameter_is_a_constant_of_its_type(
    database: Database, clock: SettableClock, identifiers: Identifiers
) -> None:
    shop = open_invoices(database, clock, identifiers)
    assert shop.row("invoice", shop.add("invoice", name="A"))["due"] == date(2026, 1, 31)
    assert (understood("param.most_discount").constant, understood("param.free_of_checks").constant) == (50, "internal")


def test_a_call_has_the_type_the_names_and_the_verdict_of_what_it_stands_for() -> None:
    called, beyond = understood("owed(amount, discount, paid)"), understood("beyond(amount * 2, client)")
    assert (called.type.currency, called.names, called.verdict) == (
        "EUR", {("amount",), ("discount",), ("paid",)}, "pushable",
    )  # fmt: skip
    assert (beyond.type, beyond.names, beyond.verdict) == (
        BOOLEAN, {("amount",), ("client",), ("client", "limit")}, "join",
    )  # fmt: skip


def test_what_a_function_makes_of_an_argument_is_told_where_it_is_called() -> None:
    with pytest.raises(ExpressionFault) as fault:
        understood("1 + beyond(amount, client if amount > 1 else client)")
    assert (fault.value.code, fault.value.start, fault.value.length) == ("E326", 19, 32)


def test_functions_that_grow_and_grow_are_refused_before_they_do() -> None:
    functions = {"f0": Defined("f0", {"x": NUMBER}, read_syntax("x + x")[0])}
    definitions = Definitions(functions)
    for number in range(1, 8):
        fields = {"": {}, "invoice": {}}
        body = read_syntax(f"f{number - 1}(x) + f{number - 1}(x)")[0]
        functions[f"f{number}"] = Defined(f"f{number}", {"x": NUMBER}, body)
    with pytest.raises(ExpressionFault) as fault:
        parse(f"f0({'+'.join(['f0(1)'] * 150)})", EntityScope("invoice", fields, definitions))
    assert fault.value.code == "E306"


def test_a_value_of_the_workspace_is_what_the_blueprint_runs_with() -> None:
    other = compile_sources({"blueprint.yaml": BLUEPRINT.replace("default: 50", "default: 12.5")}).blueprint
    assert other is not None and other.parameters["most_discount"].value == Decimal("12.5")
