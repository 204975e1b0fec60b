from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from engine.web.middleware import TOO_LARGE


def test_an_unexpected_error_shows_a_reference_that_the_log_explains(
    guest: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "engine.web"):
        answer = guest.get("/fail", headers={"accept-language": "zh-CN"})
    reference = answer.text.removeprefix("系统出现错误,编号为 ").removesuffix("。")
    assert answer.status_code == 500 and len(reference) == 8
    assert caplog.messages == [f"GET /fail failed, reference {reference}"]
    assert "the secret detail" in caplog.text and "secret" not in answer.text
    assert "content-security-policy" in answer.headers


def test_a_body_as_large_as_the_limit_is_read_and_a_larger_one_is_not(
    browse: Callable[..., TestClient],
) -> None:
    client = browse(body_limit=1000)
    token = client.get("/login").json()["csrf"]
    head = f"_csrf={token}&email=a&password="
    codes = []
    for size in (1000, 1001):
        body = head + "x" * (size - len(head))
        sent = client.post("/login", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
        codes.append((sent.status_code, sent.text))
    assert codes == [(422, "The e-mail or the password is not right."), (413, TOO_LARGE.in_("en"))]


def test_a_body_of_unannounced_length_is_cut_off_at_the_limit(browse: Callable[..., TestClient]) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 100

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = browse(body_limit=1000).post("/login", content=chunks(), headers=headers)
    assert (answer.status_code, answer.text) == (413, TOO_LARGE.in_("en"))


def test_a_body_announced_too_large_is_refused_before_it_is_read(browse: Callable[..., TestClient]) -> None:
    answer = browse(body_limit=1000).post("/login", content=b"x" * 1001, headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.text) == (413, TOO_LARGE.in_("en"))
