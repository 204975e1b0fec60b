from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from engine.access.login import TOO_MANY, WRONG, Device, Login, LoginRefused
from engine.access.rate_limit import LoginLimit
from engine.access.sessions import Sessions
from engine.clock import SettableClock
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.access.people import ADA, BEN, PASSWORD

HERE = Device("10.0.0.1", "Firefox")


def answer(login: Login, email: str, password: str, device: Device = HERE) -> str:
    """The refusal as a person sees it, or "in"."""
    try:
        login.attempt(email, password, device)
    except LoginRefused as refused:
        return f"{refused.status} {refused.message.in_('en')}"
    return "in"


def test_the_right_pair_begins_a_session_whatever_the_case_of_the_email(login: Login, sessions: Sessions) -> None:
    found = [sessions.find(login.attempt(email, PASSWORD, HERE)) for email in ("ADA@example.com ", "ben@example.com")]
    assert [user and user.user_id for user in found] == [ADA, BEN]


def test_unknown_inactive_and_wrong_all_get_the_same_answer(login: Login) -> None:
    pairs = [
        ("ada@example.com", "not the password"),
        ("nobody@example.com", PASSWORD),
        ("eve@example.com", PASSWORD),
        ("", ""),
        ("ada@example.com\0", "\0"),
        ("%", "' OR 1=1 --"),
    ]
    assert {answer(login, *pair) for pair in pairs} == {f"422 {WRONG.in_('en')}"}


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_the_sixth_attempt_in_15_minutes_is_refused_whether_or_not_the_account_exists(
    login: Login, clock: SettableClock, email: str
) -> None:
    tried = [answer(login, email, "wrong password") for _ in range(5)]
    assert tried == [f"422 {WRONG.in_('en')}"] * 5
    clock.advance(timedelta(minutes=14))
    elsewhere = Device("10.9.9.9")
    refused = {answer(login, email, PASSWORD), answer(login, email.upper(), PASSWORD, elsewhere)}
    assert refused == {f"429 {TOO_MANY.in_('en')}"}
    clock.advance(timedelta(minutes=1))
    assert answer(login, email, "wrong password") == f"422 {WRONG.in_('en')}"


def test_a_login_clears_the_failures_of_its_account(login: Login) -> None:
    for _ in range(3):
        assert [answer(login, "ada@example.com", "wrong password") for _ in range(4)][-1].startswith("422")
        assert answer(login, "ada@example.com", PASSWORD) == "in"


def test_one_address_may_fail_thirty_times_over_all_accounts(login: Login) -> None:
    codes = [answer(login, f"user{n}@example.com", "wrong password")[:3] for n in range(31)]
    assert codes == ["422"] * 30 + ["429"]
    assert answer(login, "ada@example.com", PASSWORD).startswith("429")
    assert answer(login, "ada@example.com", PASSWORD, Device("10.0.0.2")) == "in"


def test_logins_that_succeed_do_not_use_up_the_address(login: Login) -> None:
    assert [answer(login, "ada@example.com", PASSWORD) for _ in range(32)] == ["in"] * 32


def test_an_ipv6_subscriber_counts_as_one_address(
    people: Database, identifiers: Identifiers, clock: SettableClock
) -> None:
    limit = LoginLimit(identifiers, clock)
    with people.write() as connection:
        tried = [limit.admit(connection, str(n), f"2001:db8:1:2::{n:x}") is not None for n in range(31)]
        assert tried == [True] * 30 + [False]
        assert limit.admit(connection, "x", "2001:db8:1:3::1") is not None


def test_attempts_made_at_once_cannot_slip_past_the_limit(login: Login) -> None:
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda _: answer(login, "ada@example.com", "wrong password")[:3], range(12)))
    assert sorted(codes) == ["422"] * 5 + ["429"] * 7


def test_on_postgresql_attempts_are_counted_one_after_the_other(
    postgres_url: str, open_database: Callable[..., Database], identifiers: Identifiers, clock: SettableClock
) -> None:
    database, limit = open_database(postgres_url), LoginLimit(identifiers, clock)
    with database.write() as connection:
        ddl.create_all(connection, system_tables.metadata)
    with database.write() as first, database.write() as second:
        limit.admit(first, "ada@example.com", "10.0.0.1")
        second.execute(text("SET LOCAL statement_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="statement timeout"):
            limit.admit(second, "ada@example.com", "10.0.0.1")


def test_a_login_makes_a_new_session_and_ends_the_one_the_browser_brought(login: Login, sessions: Sessions) -> None:
    first = login.attempt("ada@example.com", PASSWORD, HERE)
    second = login.attempt("ada@example.com", PASSWORD, Device("10.0.0.1", "Firefox", token=first))
    planted = login.attempt("ada@example.com", PASSWORD, Device("10.0.0.1", "Firefox", token="planted"))
    assert sessions.find(first) is None and sessions.find("planted") is None
    assert len({first, second, planted}) == 3 and sessions.find(second) is not None


def test_a_failed_login_leaves_the_browsers_session_alone(login: Login, sessions: Sessions) -> None:
    token = login.attempt("ada@example.com", PASSWORD, HERE)
    assert answer(login, "ada@example.com", "wrong password", Device("10.0.0.1", "", token)).startswith("422")
    assert sessions.find(token) is not None
