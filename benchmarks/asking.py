"""A client with one connection that asks again and again, and how the server bore it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.serving import TICKS, Server

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One request; `body` makes another one for each number."""

    path: str | Callable[[int], str]
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[int], Body] | None = None
    expected: int = 200


@dataclass(frozen=True)
class Borne:
    """Milliseconds a request took at the median, and seconds of processor time 1,000 of them took."""

    median_ms: float
    processor: float
    bytes: int


class Client:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._number = 0

    def close(self) -> None:
        self._connection.close()

    def ask(self, question: Question) -> bytes:
        """The answer's body. Raises `RuntimeError` where the server answers otherwise than expected."""
        self._number += 1
        path = question.path if isinstance(question.path, str) else question.path(self._number)
        headers, body = dict(question.headers), None
        if question.body:
            body = json.dumps(question.body(self._number)).encode()
            headers["content-type"] = "application/json"
        self._connection.request(question.method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != question.expected:
            raise RuntimeError(f"{question.method} {path}: {answer.status} {text[:300]!r}")
        return text

    def measure(self, question: Question, seconds: float) -> Borne:
        """Asks for about `seconds`, at least 20 times, after a few that do not count. Begins with a new connection: a
        server closes one that has rested while the other was asked."""
        self._connection.close()
        for _ in range(5):
            size = len(self.ask(question))
        taken: list[float] = []
        processor, began = self._server.processor(), time.perf_counter()
        while len(taken) < 20 or time.perf_counter() - began < seconds:
            at = time.perf_counter()
            self.ask(question)
            taken.append(time.perf_counter() - at)
        spent = max(self._server.processor() - processor, 1 / TICKS)
        return Borne(median(taken) * 1000, spent / len(taken) * 1000, size)


def compared(ours: tuple[Client, Question], limit: tuple[Client, Question], seconds: float) -> tuple[Borne, Borne]:
    """Both measured in turns, three times; of each the quietest turn."""
    turns = [(ours[0].measure(ours[1], seconds / 3), limit[0].measure(limit[1], seconds / 3)) for _ in range(3)]
    return min((a for a, _ in turns), key=_cost), min((b for _, b in turns), key=_cost)


def _cost(borne: Borne) -> float:
    return borne.processor
