"""Streams of events: what they say, when they end, and that none of them holds a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.records.pulse import Standing, standings
from engine.web.pulse import BEAT, MOST, OVER, RETRY, Pulse
from tests.product import Product


def run(story: Callable[[], Awaitable[None]]) -> None:
    """In a thread of its own: browser tests of the same process keep a loop in theirs."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(asyncio.wait_for(story(), 20))).result()  # type: ignore[arg-type]


def test_a_stream_tells_how_the_inbox_stands_and_then_what_changes() -> None:
    now = {"a": Standing(1, 5)}

    async def story() -> None:
        pulse = Pulse(lambda sessions: {name: now[name] for name in sessions}, every=0.01)
        stream = pulse.listen("a")
        assert [await anext(stream), await anext(stream)] == [RETRY, 'data: {"unread": 1, "newest": "5"}\n\n']
        now["a"] = Standing(2, 9)
        assert await anext(stream) == 'data: {"unread": 2, "newest": "9"}\n\n'

    run(story)


def test_a_silent_stream_says_that_it_is_there_and_ends_with_its_session() -> None:
    here = {"a": Standing(0, 0)}

    async def story() -> None:
        pulse = Pulse(lambda sessions: dict(here), every=0.01, heartbeat=0.03)
        stream = pulse.listen("a")
        assert [await anext(stream) for _ in range(3)][2] == BEAT
        here.clear()
        rest = [text async for text in stream]
        assert rest[-1] == OVER and set(rest[:-1]) <= {BEAT}

    run(story)


def test_a_server_that_stops_waits_for_no_stream() -> None:
    async def story() -> None:
        pulse = Pulse(lambda sessions: {}, every=60)
        streams = [pulse.listen(str(number)) for number in range(200)]
        for stream in streams:
            assert await anext(stream) == RETRY
        pulse.close()
        ends = [text for stream in streams async for text in stream]
        assert set(ends) <= {BEAT, OVER} and [text async for text in pulse.listen("late")] == [RETRY]

    run(story)


def test_all_streams_of_a_process_take_one_look_at_a_time_and_a_failed_look_is_made_again() -> None:
    looks: list[Sequence[str]] = []

    def look(sessions: Sequence[str]) -> dict[str, Standing]:
        looks.append(sessions)
        if len(looks) == 1:
            raise OSError("the database is away")
        return {name: Standing(3, 1) for name in sessions}

    async def story() -> None:
        pulse = Pulse(look, every=0.01)
        streams = [pulse.listen(name) for name in ("a", "b", "a")]
        for stream in streams:
            assert [await anext(stream), await anext(stream)][1] == 'data: {"unread": 3, "newest": "1"}\n\n'
        assert ["a", "b"] in looks and not pulse.is_full("a")

    run(story)


def test_one_session_has_only_so_many_streams() -> None:
    async def story() -> None:
        pulse = Pulse(lambda sessions: {}, every=60)
        streams = [pulse.listen("a") for _ in range(MOST)]
        for stream in streams:
            await anext(stream)
        assert pulse.is_full("a") and not pulse.is_full("b")

    run(story)


def test_the_standing_of_many_sessions_is_one_statement_and_a_session_that_is_over_has_none(crm: Product) -> None:
    browser = crm.enter("mei")
    services = crm.services
    session = services.sessions.find(browser.client.cookies["crm_session"])
    assert session is not None
    with services.database.count_statements() as statements, services.database.read() as connection:
        found = standings(connection, [session.session_id, "unknown"], services.clock.now())
    assert found == {session.session_id: Standing(0, 0)} and len(statements) == 1
    crm.clock.advance(timedelta(days=91))
    with services.database.read() as connection:
        assert standings(connection, [session.session_id], services.clock.now()) == {}


def test_events_are_for_those_who_are_logged_in(b2b: Product) -> None:
    assert b2b.browser().client.get("/events").status_code == 401
    head = b2b.enter("mei").client.head("/events")
    assert (head.status_code, head.headers["content-type"].partition(";")[0]) == (200, "text/event-stream")


@pytest.mark.parametrize("since", ["", "0", "nonsense", "9" * 40])
def test_the_count_answers_to_any_address(b2b: Product, since: str) -> None:
    answer = b2b.enter("mei").client.get(f"/inbox/count?since={since}")
    assert answer.json() == {"unread": 0, "newest": "0"}
