from __future__ import annotations

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select

from engine.access.credentials import (
    LIKE_EMAIL,
    TOO_COMMON,
    TOO_LONG,
    TOO_SHORT,
    Credentials,
    PasswordRefused,
    check_password,
)
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.system_tables import credential
from engine.locale.text import Text
from tests.access.people import ADA, BEN, PASSWORD


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", TOO_SHORT),
        ("short", TOO_SHORT),
        ("ninechars", TOO_SHORT),
        ("   spaces   ", TOO_SHORT),
        ("x" * 1001, TOO_LONG),
        (" Ada.Lovelace@Example.com ", LIKE_EMAIL),
        ("ADA.LOVELACE", LIKE_EMAIL),
        ("Password123", TOO_COMMON),
        ("woaini1314", TOO_COMMON),
        ("aaaaaaaaaaaaaaa", TOO_COMMON),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, message: Text) -> None:
    with pytest.raises(PasswordRefused) as caught:
        check_password(password, "ada.lovelace@example.com")
    assert caught.value.message == message and message.missing(("en", "zh-CN")) == ()


@pytest.mark.parametrize("password", [PASSWORD, "ninechars1", "正确的马电池订书钉好", "aB3$" * 250])
def test_a_good_password_is_accepted(password: str) -> None:
    check_password(password, "ada@example.com")


def test_only_the_right_password_of_the_right_person_is_right(people: Database, credentials: Credentials) -> None:
    hashed = credentials.hash(PASSWORD)
    with people.write() as connection:
        credentials.store(connection, ADA, hashed)
    given = [(ADA, PASSWORD), (ADA, PASSWORD + " "), (ADA, ""), (BEN, PASSWORD), (None, PASSWORD), (99, PASSWORD)]
    assert [credentials.verify(*pair) for pair in given] == [True, False, False, False, False, False]


def test_what_is_kept_is_an_argon2id_hash_and_a_new_one_replaces_it(
    people: Database, credentials: Credentials, clock: SettableClock
) -> None:
    with people.write() as connection:
        credentials.store(connection, ADA, credentials.hash("the first password"))
        credentials.store(connection, ADA, credentials.hash(PASSWORD))
        row = connection.execute(select(credential)).one()
    assert (row.user_id, row.changed_at) == (ADA, clock.now())
    assert row.password_hash.startswith("$argon2id$") and PASSWORD not in row.password_hash
    assert not credentials.verify(ADA, "the first password") and credentials.verify(ADA, PASSWORD)


def test_somebody_unknown_costs_as_much_hashing_as_somebody_known(
    people: Database, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    credentials, compared = Credentials(people, clock, hasher), list[str]()
    verify = hasher.verify_and_update

    def noting(given: str, known: str) -> tuple[bool, str | None]:
        compared.append(given + known[:10])
        return verify(given, known)

    monkeypatch.setattr(hasher, "verify_and_update", noting)
    assert not credentials.verify(None, PASSWORD) and not credentials.verify(BEN, PASSWORD)
    assert compared == [PASSWORD + "$argon2id$"] * 2


def test_a_hash_with_older_parameters_is_made_anew_at_the_next_login(
    people: Database, credentials: Credentials, clock: SettableClock
) -> None:
    with people.write() as connection:
        credentials.store(connection, ADA, credentials.hash(PASSWORD))
    stronger = Credentials(people, clock, PasswordHash((Argon2Hasher(time_cost=2, memory_cost=16, parallelism=1),)))
    assert stronger.verify(ADA, PASSWORD) and stronger.verify(ADA, PASSWORD)
    with people.read() as connection:
        assert "m=16,t=2" in connection.execute(select(credential.c.password_hash)).scalar_one()


def test_a_hash_of_an_unknown_kind_lets_nobody_in(people: Database, credentials: Credentials) -> None:
    with people.write() as connection:
        credentials.store(connection, ADA, "plain:" + PASSWORD)
    assert not credentials.verify(ADA, PASSWORD)
