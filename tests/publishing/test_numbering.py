"""A field of automatic numbers that comes to records already there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.publishing.founding import Founder
from engine.schema.model import ListQuery, Sort
from tests.publishing.clubs import CLUB, found, write

FIELD = '      card: {type: autonumber, format: "C{yyyy}-{seq:2}", label: {en: Card, zh-CN: 会员号}}\n'


def test_records_already_there_are_numbered_in_the_order_they_were_made(
    founder: Founder, folder: Path, clock: SettableClock
) -> None:
    workspace = found(founder, write(folder))
    gone = workspace.store.create(ENGINE, "member", {"name": "Gone"})
    workspace.store.delete(ENGINE, "member", gone)
    clock.set(datetime(2027, 1, 1, 12, tzinfo=UTC))
    workspace.store.create(ENGINE, "member", {"name": "Ada"})
    store = founder.update(write(folder, CLUB.replace("      level:", f"{FIELD}      level:")), workspace).store
    store.create(ENGINE, "member", {"name": "Zoe"})
    store.restore(ENGINE, "member", gone)
    rows = store.list(ENGINE, ListQuery("member", ("name", "card"), sort=(Sort("card"),))).rows
    assert [(row["name"], row["card"]) for row in rows] == [
        ("Magnus", "C2026-01"),
        ("Judit", "C2026-02"),
        ("Gone", "C2026-03"),
        ("Ada", "C2027-01"),
        ("Zoe", "C2027-02"),
    ]
