from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text, update

from engine.database import connection as connection_module
from engine.database.connection import Database, DatabaseUnavailable, FairLock

counter = Table("sys_counter", MetaData(), Column("n", Integer))


@pytest.fixture
def counting(database: Database) -> Database:
    with database.write() as connection:
        counter.create(connection)
        connection.execute(insert(counter).values(n=0))
    return database


def value(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(counter.c.n)).scalar_one())


def test_a_write_is_kept_and_a_failed_one_is_not(counting: Database) -> None:
    with counting.write() as connection:
        connection.execute(update(counter).values(n=1))
    with pytest.raises(RuntimeError, match="stop"), counting.write() as connection:
        connection.execute(update(counter).values(n=2))
        raise RuntimeError("stop")
    assert value(counting) == 1


def test_changes_of_tables_roll_back_with_their_transaction(counting: Database) -> None:
    with pytest.raises(RuntimeError), counting.write() as connection:
        connection.execute(text("ALTER TABLE sys_counter ADD COLUMN more INTEGER"))
        raise RuntimeError
    with counting.read() as connection:
        assert list(connection.execute(text("SELECT * FROM sys_counter")).keys()) == ["n"]


def test_no_increment_is_lost_among_threads_that_read_then_write(counting: Database) -> None:
    def increment() -> None:
        for _ in range(25):
            with counting.write() as connection:
                locked = select(counter.c.n).with_for_update()
                n = connection.execute(locked).scalar_one()
                connection.execute(update(counter).values(n=n + 1))

    threads = [threading.Thread(target=increment) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert value(counting) == 200


def test_two_processes_on_one_sqlite_file_wait_for_each_other(
    sqlite_url: str, open_database: Callable[..., Database]
) -> None:
    first, second = open_database(sqlite_url), open_database(sqlite_url)
    with first.write() as connection:
        counter.create(connection)
        connection.execute(insert(counter).values(n=0))
    done = threading.Event()

    def write_beside() -> None:
        with second.write() as beside:
            beside.execute(update(counter).values(n=counter.c.n + 10))
        done.set()

    with first.write() as connection:
        threading.Thread(target=write_beside).start()
        assert not done.wait(0.1)
        connection.execute(update(counter).values(n=1))
    assert done.wait(10) and value(first) == 11


def test_statements_are_counted_without_begin_and_commit(counting: Database) -> None:
    with counting.count_statements() as statements:
        with counting.write() as connection:
            connection.execute(update(counter).values(n=5))
        value(counting)
    value(counting)
    assert [statement.split()[0] for statement in statements] == ["UPDATE", "SELECT"]


def test_a_write_inside_a_write_of_the_same_thread_is_refused_on_sqlite(
    sqlite_url: str, open_database: Callable[..., Database]
) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(RuntimeError, match="inside another one"), database.write(), database.write():
        pass
    with database.write() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_sqlite_runs_with_the_chosen_pragmas_and_functions(
    sqlite_url: str, open_database: Callable[..., Database]
) -> None:
    def register(connection: object) -> None:
        connection.create_function("twice", 1, lambda n: n * 2)  # type: ignore[attr-defined]

    database = open_database(sqlite_url, on_connect=register)
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "cache_size")
    with database.read() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names}
        assert connection.execute(text("SELECT twice(21)")).scalar_one() == 42
    assert found == {
        "journal_mode": "wal",
        "synchronous": 1,
        "busy_timeout": 30000,
        "foreign_keys": 1,
        "cache_size": -20000,
    }


def test_a_plain_path_is_an_sqlite_file_and_its_folder_is_made(
    tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    path = tmp_path / "new" / "folder" / "crm.db"
    assert open_database(str(path)).dialect == "sqlite"
    assert path.exists()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:///{folder}/file/crm.db", "the folder {folder}/file cannot be made"),
        ("sqlite:///{folder}/file2", "file is not a database"),
        ("sqlite:///{folder}", "unable to open database file"),
        ("sqlite://", "only sqlite:///path and postgresql://... are supported"),
        ("mysql://me:secret@host/x", "only sqlite:///path and postgresql://... are supported"),
        ("postgresql://me:secret@127.0.0.1:1/x", "connection failed"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence_without_the_password(
    url: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("a file")
    (tmp_path / "file2").write_text("not a database " * 100)
    with pytest.raises(DatabaseUnavailable) as caught:
        Database(url.format(folder=tmp_path))
    english, chinese = caught.value.message.in_("en"), caught.value.message.in_("zh-CN")
    assert english.startswith("The database ") and chinese.startswith("无法打开数据库")
    assert reason.format(folder=tmp_path) in english and "secret" not in english + chinese
    assert "\n" not in english and str(caught.value) == english


def test_waiting_writers_are_let_in_by_turn() -> None:
    lock, order = FairLock(), list[int]()

    def enter(number: int) -> None:
        with lock:
            order.append(number)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(20)]
    with lock:
        for thread in threads:
            thread.start()
            time.sleep(0.005)
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_a_connection_that_the_server_closed_while_it_rested_is_replaced(
    counting: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if counting.dialect == "sqlite":
        pytest.skip("SQLite has no server")
    monkeypatch.setattr(connection_module, "RESTED", 0)
    with counting.read() as connection:
        closed = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with counting.aside() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({closed})"))
    assert value(counting) == 0
    with counting.count_statements() as statements:
        value(counting)
    assert len(statements) == 1
