"""Addresses of the route table with the parts of real records in them."""

from __future__ import annotations

from io import BytesIO

from engine.access.actor import ENGINE, Actor
from engine.access.login import find_user
from engine.exchange.asked import ExportAsked
from engine.locale.formats import Formats
from engine.records.comments import Draft
from engine.records.files import Upload
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from tests.product import Product


def addresses(product: Product) -> dict[str, str]:
    """What stands for the parts of a route's path."""
    record = product.ids("opportunity", "stage:any_of:demo")[0]
    store = product.services.workspace.store if product.services.workspace else None
    assert store is not None
    with product.services.database.read() as connection:
        dana = find_user(connection, "dana@example.org")
        mei = find_user(connection, "mei@example.org")
    with store.begin(Actor(dana, frozenset({"admin"})), "seed") as write:
        comment = write.comment("opportunity", record, Draft("A word"))
    account = str(product.ids("account", "name:starts_with:Winterreach")[0])
    return {
        "account": account,
        "entity": "opportunity",
        "view": "board",
        "id": str(record),
        "field": "next_step",
        "file": str(attached(product, record)),
        "code": "zh-CN",
        "comment": str(comment),
        "other": "activity",
        "by": "opportunity",
        "record": str(product.ids("activity")[0]),
        "notice": "4711",
        "kind": "csv",
        "draft": str(uploaded(product, Actor(dana))),
        "operation": str(product.services.operations.start(Actor(dana), "bulk_edit", "opportunity", {})),
        "token": "unknown",
        "users": str(mei),
        "teams": str(store.list(ENGINE, ListQuery("team", ()), PageRequest(limit=1)).rows[0]["id"]),
        "export": str(exported(product, Actor(dana, frozenset({"admin"})))),
    }


def uploaded(product: Product, actor: Actor) -> int:
    """The id of a file that waits to be imported."""
    services = product.services
    assert services.store is not None
    allowed, formats = Actor(actor.user_id, frozenset({"admin"})), Formats.neutral()
    return (
        services.imports.acting(services.store, allowed, formats)
        .upload("contact", "people.csv", BytesIO(b"Name\nAda\n"))
        .id
    )


def attached(product: Product, opportunity: int) -> int:
    """The id of a file of this opportunity, in no field of it."""
    workspace = product.services.workspace
    assert workspace is not None
    file = product.services.files.stage(ENGINE, Upload("offer.pdf", BytesIO(b"%PDF-1.7")))
    with workspace.store.begin(ENGINE, "ui") as write:
        write.attach("opportunity", opportunity, [file.id])
    return file.id


def exported(product: Product, actor: Actor) -> int:
    """The operation of an export whose file is there."""
    asked = ExportAsked("product", "csv", "en")
    operation = product.services.operations.start(actor, "export", "product", asked.to_json())
    assert product.services.runner.run(operation)
    return operation


def filled(path: str, parts: dict[str, str]) -> str:
    """`/e/{entity}/{id}` with the parts of a record; users, files and line items have names of their own."""
    if path.startswith("/files/"):
        parts = parts | {"id": parts["file"], "name": "offer.pdf"}
    if path.startswith("/exports/"):
        parts = parts | {"id": parts["export"]}
    if path.startswith(("/users/", "/teams/")):
        parts = parts | {"id": parts[path.split("/")[1]], "session": "0" * 64}
    if "/lines/" in path:
        parts = parts | {"field": "lines"}
    if "/why/" in path:
        parts = parts | {"entity": "account", "id": parts["account"], "field": "won_total"}
    return path.format_map(parts)
