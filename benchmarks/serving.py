"""Programs that are measured: how much processor time and memory they take, and how long until they answer."""

from __future__ import annotations

import http.client
import os
import resource
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    seconds: float
    processor: float
    """Seconds of processor time, of children too."""


def run(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Spent:
    """Runs a command to its end. Raises `CalledProcessError`."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with log.open("a") as written:
        subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=written, stderr=written)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(time.perf_counter() - began, processor)


@dataclass(frozen=True)
class Server:
    port: int
    process: int
    started: float
    """Seconds until it answered for the first time."""

    def processor(self) -> float:
        """Seconds of processor time it has taken so far, with its children."""
        return sum(_ticks(process) for process in _tree(self.process)) / TICKS

    def memory(self) -> float:
        """Resident megabytes of the process and its children."""
        return sum(_resident(process) for process in _tree(self.process)) / 1024


@contextmanager
def serving(command: Sequence[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    began = time.perf_counter()
    with log.open("a") as written:
        given = {**os.environ, **environment}
        process = subprocess.Popen(command, env=given, stdout=written, stderr=written)
    try:
        _wait(port, process)
        yield Server(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/login")
            connection.getresponse().read()
            return
        except ConnectionError:
            time.sleep(0.01)
    raise TimeoutError(f"nothing answers on port {port}")


def _tree(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(other for child in children for other in _tree(int(child)))]


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _resident(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
