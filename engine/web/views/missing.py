"""Every address that leads nowhere."""

from __future__ import annotations

from starlette.responses import Response

from engine.records.errors import RecordNotFound
from engine.web.desk import WebRequest


def not_found(request: WebRequest) -> Response:
    raise RecordNotFound
