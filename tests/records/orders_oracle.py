"""The computed values of the orders, worked out afresh and naively from the rows as they lie in the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select

from engine.schema.line_order import POSITION
from tests.records.shop import Shop

Row = dict[str, Any]
PROBABILITY = {"open": 30, "won": 100}


def tables(orders: Shop) -> Mapping[str, dict[int, Row]]:
    """Every row of each entity by id, those in the bin too."""
    found = {}
    with orders.database.read() as connection:
        for name in ("customer", "product", "sale", "line"):
            rows = connection.execute(select(orders.store.model.table(name))).mappings()
            found[name] = {row["id"]: dict(row) for row in rows}
    return found


def wrong_values(orders: Shop) -> list[tuple[str, int, str, Any, Any]]:
    """(entity, record, field, kept, right) of each value outside the bin that is not as it should be. Values are worked
    out from the stored ones below them, so each fault is told where it arises."""
    rows = tables(orders)
    work_out = {"customer": _customer, "product": _product, "sale": _sale, "line": _line}
    return [
        (entity, record_id, name, row[name], right)
        for entity, by_id in rows.items()
        for record_id, row in by_id.items()
        if row["deleted_at"] is None
        for name, right in work_out[entity](row, rows).items()
        if row[name] != right
    ]


def _alive(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["deleted_at"] is None]


def _line(row: Row, rows: Mapping[str, dict[int, Row]]) -> Row:
    product = rows["product"].get(row["product"])
    price = product["price"] if product else None
    known = row["quantity"] is not None and price is not None
    return {"price": price, "subtotal": cents(row["quantity"] * price) if known else None}


def _sale(row: Row, rows: Mapping[str, dict[int, Row]]) -> Row:
    lines = sorted(
        _alive(line for line in rows["line"].values() if line["sale"] == row["id"]),
        key=lambda line: (line[POSITION] is None, line[POSITION], line["created_at"], line["id"]),
    )
    subtotals = [line["subtotal"] for line in lines if line["subtotal"] is not None]
    quantities = [line["quantity"] for line in lines if line["quantity"] is not None]
    products = [line["product"] for line in lines if line["product"] is not None]
    kinds = [rows["product"][product]["kind"] for product in products]
    customer = rows["customer"].get(row["customer"])
    also = _alive(rows["product"][product] for product in row["also"] or ())
    list_price = sum(subtotals, Decimal(0))
    net = cents(list_price * (100 - row["discount"]) / 100) if row["discount"] is not None else None
    average = sum(quantities) / len(quantities) if quantities else None
    return {
        "tier": customer["tier"] if customer else None,
        "list_price": list_price,
        "works": kinds.count("work"),
        "average": None if average is None else half_up(half_up(average, 12), 3),
        "first_product": products[0] if products else None,
        "last_subtotal": subtotals[-1] if subtotals else None,
        "products": len(set(products)),
        "also_price": sum((each["price"] or 0 for each in also), Decimal(0)),
        "net": net,
        "weighted": None if net is None else cents(net * PROBABILITY[row["stage"]] / 100),
    }


def _customer(row: Row, rows: Mapping[str, dict[int, Row]]) -> Row:
    sales = _alive(sale for sale in rows["sale"].values() if sale["customer"] == row["id"])
    nets = [sale["net"] for sale in sales if sale["net"] is not None]
    won = sum((sale["net"] or 0 for sale in sales if sale["stage"] == "won"), Decimal(0))
    below, level = 0, {row["id"]}
    while level:
        found = _alive(each for each in rows["customer"].values() if each["parent"] in level)
        below, level = below + sum(each["staff"] or 0 for each in found), {each["id"] for each in found}
    return {
        "orders": len(sales),
        "won": won,
        "best": max(nets, default=None),
        "staff_below": below,
        "everybody": (row["staff"] or 0) + below,
        "won_each": cents(half_up(won / len(sales), 12)) if sales else None,
        "large": won >= 1000,
    }


def _product(row: Row, rows: Mapping[str, dict[int, Row]]) -> Row:
    lines = _alive(line for line in rows["line"].values() if line["product"] == row["id"])
    return {"sold": sum((line["quantity"] or 0 for line in lines), Decimal(0))}


def cents(value: Decimal) -> Decimal:
    return half_up(value, 2)


def half_up(value: Decimal, places: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
