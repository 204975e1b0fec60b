"""Addresses of the route table with the parts of real records in them."""

from __future__ import annotations

from tests.product import Product


def addresses(product: Product) -> dict[str, str]:
    """What stands for the parts of a route's path."""
    record = product.ids("opportunity", "stage:any_of:demo")[0]
    account = str(product.ids("account", "name:starts_with:Winterreach")[0])
    return {
        "account": account,
        "entity": "opportunity",
        "view": "board",
        "id": str(record),
        "field": "next_step",
        "code": "zh-CN",
    }


def filled(path: str, parts: dict[str, str]) -> str:
    """`/e/{entity}/{id}` with the parts of a record; users and line items have names of their own."""
    if "/lines/" in path:
        parts = parts | {"field": "lines"}
    return path.format_map(parts)
