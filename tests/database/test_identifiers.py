from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from engine.clock import SettableClock
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import EPOCH, Identifiers, take_node


def test_ids_hold_milliseconds_node_and_sequence_in_53_bits() -> None:
    last_moment = EPOCH + timedelta(milliseconds=2**41 - 1)
    largest = Identifiers(31, SettableClock(last_moment))
    assert [largest.next() for _ in range(128)][-1] == 2**53 - 1
    assert Identifiers(3, SettableClock(EPOCH + timedelta(milliseconds=5))).next() == (5 << 12) | (3 << 7)


def test_ids_rise_when_a_millisecond_is_full_and_when_the_clock_goes_back(clock: SettableClock) -> None:
    identifiers = Identifiers(7, clock)
    ids = [identifiers.next() for _ in range(1000)]
    clock.set(datetime(2020, 1, 1, tzinfo=UTC))
    ids += [identifiers.next() for _ in range(1000)]
    assert ids == sorted(set(ids))


def test_threads_never_get_the_same_id(clock: SettableClock) -> None:
    identifiers = Identifiers(0, clock)
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: identifiers.next(), range(5000)))
    assert len(set(ids)) == 5000


def test_nodes_of_one_moment_never_make_the_same_id(clock: SettableClock) -> None:
    ids = {Identifiers(node, clock).next() for node in range(32)}
    assert len(ids) == 32
    with pytest.raises(ValueError, match="from 0 to 31, not 32"):
        Identifiers(32, clock)


def test_each_process_takes_the_next_node(database: Database, clock: SettableClock) -> None:
    row = {
        "id": 1,
        "name": "Acme",
        "blueprint_id": "b2b",
        "blueprint_version": "1.0",
        "blueprint_title": {"en": "B2B", "zh-CN": "企业销售"},
        "published": 1,
        "settings": {},
        "created_at": clock.now(),
        "id_node": 30,
    }
    with database.write() as connection:
        ddl.create_all(connection, system_tables.metadata)
        unfounded = take_node(connection)
        connection.execute(insert(system_tables.workspace).values(row))
        assert [unfounded, *(take_node(connection) for _ in range(3))] == [0, 31, 0, 1]
