"""What the address of the page says that a person looks at."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.datastructures import QueryParams

from engine.web.desk import Desk

MOST = 50
"""Parameters that are read."""


def page_query(desk: Desk) -> QueryParams:
    """The query of this page, or of the page that a part is sent to after a write."""
    if desk.request.method == "GET":
        return QueryParams(desk.request.query.multi_items()[:MOST])
    current = desk.request.headers.get("hx-current-url", "").partition("?")[2].partition("#")[0]
    return QueryParams(parse_qsl(current)[:MOST])
