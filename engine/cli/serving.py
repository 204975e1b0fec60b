"""The one place where the web server is run."""

from __future__ import annotations

import errno
import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from engine.cli.speech import Refusal
from engine.locale.catalogue import message_text

GRACE = 5
"""Seconds that requests under way are given when the server stops."""
YOUNG = 10_000
"""New objects after which the collector looks at the young ones; a page makes more than Python's 700."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The address, taken before any other work is done. Raises `Refusal` when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            key = "cli.port_in_use" if error.errno == errno.EADDRINUSE else "cli.cannot_listen"
            raise Refusal(message_text(key, host=host, port=port, reason=error.strerror or error)) from error
        yield listener


def address(host: str, listener: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{listener.getsockname()[1]}"


def serve(application: Any, listener: socket.socket) -> None:
    """Serve until the process is told to stop. Forwarded headers are judged by the application's own settings."""
    settings = uvicorn.Config(
        application,
        proxy_headers=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
    )
    gc.collect()
    gc.freeze()  # the compiled workspace stays: no collection needs to walk through it
    gc.set_threshold(YOUNG, 20, 20)
    uvicorn.Server(settings).run(sockets=[listener])
