from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from engine.access.sessions import Sessions, SessionUser
from engine.access.tokens import digest
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.system_tables import preference, session
from tests.access.people import ADA, BEN, EVE, users


def begin(people: Database, sessions: Sessions, user_id: int = ADA) -> str:
    with people.write() as connection:
        return sessions.create(connection, user_id, "Firefox", "10.0.0.1")


def test_the_token_gives_the_person_with_roles_and_preferences_in_one_statement(
    people: Database, sessions: Sessions
) -> None:
    token = begin(people, sessions)
    with people.write() as connection:
        row = {"user_id": ADA, "language": "zh-CN", "theme": "dark", "density": "compact"}
        connection.execute(insert(preference).values(row))
    with people.count_statements() as statements:
        user = sessions.find(token)
    assert user is not None and len(statements) == 1
    assert user == SessionUser(
        user_id=ADA,
        name="Ada Lovelace",
        email="ada@example.com",
        roles=frozenset({"admin", "sales"}),
        language="zh-CN",
        theme="dark",
        density="compact",
        single_keys=None,
        default_views={},
        csrf_token=user.csrf_token,
        session_id=digest(token),
    )
    assert len(user.csrf_token) == 43 and user.csrf_token != token


def test_somebody_without_roles_or_preferences_is_found(people: Database, sessions: Sessions) -> None:
    user = sessions.find(begin(people, sessions, BEN))
    assert user is not None and (user.roles, user.language, user.theme) == (frozenset(), None, None)


def test_the_database_does_not_hold_the_token_and_its_digest_is_no_token(people: Database, sessions: Sessions) -> None:
    token = begin(people, sessions)
    with people.read() as connection:
        row = connection.execute(select(session)).one()
    assert token not in str(row) and len(token) == 43
    assert [sessions.find(other) for other in (row.id, token + "x", token[:-1], "", "\0")] == [None] * 5


def test_two_sessions_never_share_a_token_or_a_csrf_token(people: Database, sessions: Sessions) -> None:
    tokens = [begin(people, sessions) for _ in range(3)]
    found = [sessions.find(token) for token in tokens]
    assert len(set(tokens)) == 3 and len({user.csrf_token for user in found if user}) == 3


@pytest.mark.parametrize(
    ("visits_in_days", "still_in"),
    [
        ([13.9], True),
        ([14], False),
        ([13, 26, 39, 52, 65, 78, 89.9], True),
        ([13, 26, 39, 52, 65, 78, 90], False),
    ],
)
def test_a_session_ends_after_14_idle_days_and_after_90_days_in_all(
    people: Database, sessions: Sessions, clock: SettableClock, visits_in_days: list[float], still_in: bool
) -> None:
    token, start = begin(people, sessions), clock.now()
    for days in visits_in_days:
        clock.set(start + timedelta(days=days))
        user = sessions.find(token)
    assert (user is not None) == still_in


def test_being_seen_is_written_at_most_once_in_five_minutes(
    people: Database, sessions: Sessions, clock: SettableClock
) -> None:
    token, counts = begin(people, sessions), []
    for minutes in (1, 3, 2, 1, 6):
        clock.advance(timedelta(minutes=minutes))
        with people.count_statements() as statements:
            sessions.find(token)
        counts.append(len(statements))
    assert counts == [1, 1, 2, 1, 2]


def test_a_revoked_session_is_out_at_once(people: Database, sessions: Sessions) -> None:
    token, other = begin(people, sessions), begin(people, sessions)
    with people.write() as connection:
        sessions.revoke(connection, token)
    assert sessions.find(token) is None and sessions.find(other) is not None


def test_all_other_sessions_of_the_person_alone_can_be_ended(people: Database, sessions: Sessions) -> None:
    mine, phone, bens = begin(people, sessions), begin(people, sessions), begin(people, sessions, BEN)
    with people.write() as connection:
        sessions.revoke_others(connection, ADA, keep=digest(mine))
    assert [sessions.find(token) is not None for token in (mine, phone, bens)] == [True, False, True]
    with people.write() as connection:
        sessions.revoke_others(connection, ADA, keep=None)
    assert [sessions.find(token) is not None for token in (mine, bens)] == [False, True]


def test_nobody_can_end_another_persons_session(people: Database, sessions: Sessions) -> None:
    token = begin(people, sessions)
    with people.write() as connection:
        sessions.revoke_one(connection, BEN, digest(token))
    assert sessions.find(token) is not None
    with people.write() as connection:
        sessions.revoke_one(connection, ADA, digest(token))
    assert sessions.find(token) is None


def test_somebody_made_inactive_or_deleted_is_out_at_once(
    people: Database, sessions: Sessions, clock: SettableClock
) -> None:
    adas, bens, eves = (begin(people, sessions, user_id) for user_id in (ADA, BEN, EVE))
    with people.write() as connection:
        connection.execute(update(users).where(users.c.id == ADA).values(active=False))
        connection.execute(update(users).where(users.c.id == BEN).values(deleted_at=clock.now()))
    assert [sessions.find(token) for token in (adas, bens, eves)] == [None, None, None]


def test_the_list_of_devices_shows_running_sessions_last_seen_first(
    people: Database, sessions: Sessions, clock: SettableClock
) -> None:
    begin(people, sessions)
    clock.advance(timedelta(days=10))
    begin(people, sessions)
    begin(people, sessions, BEN)
    clock.advance(timedelta(days=1))
    begin(people, sessions)
    with people.read() as connection:
        both = sessions.list_for(connection, ADA)
        clock.advance(timedelta(days=4))
        left = sessions.list_for(connection, ADA)
    ages = [(clock.now() - entry.last_seen_at).days for entry in both]
    assert ages == [4, 5, 15] and left == both[:2]
    assert (both[0].user_agent, both[0].address) == ("Firefox", "10.0.0.1")


def test_ended_sessions_are_swept_out_when_a_new_one_begins(
    people: Database, sessions: Sessions, clock: SettableClock
) -> None:
    begin(people, sessions)
    clock.advance(timedelta(days=15))
    token = begin(people, sessions)
    with people.read() as connection:
        assert connection.execute(select(session.c.id)).scalars().all() == [digest(token)]
