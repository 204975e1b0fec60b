"""Back to the page of a record as it was looked at: in its list, on its tab."""

from __future__ import annotations

from urllib.parse import urlsplit

from engine.web.desk import Desk
from engine.web.security import local_path


def way_back(desk: Desk, here: str) -> str:
    """`here` with the parameters it was seen under, as the form, the address or the browser says."""
    came = urlsplit(desk.request.headers.get("referer", ""))
    asked = (
        desk.request.form.get("next", ""),
        desk.request.query.get("next", ""),
        f"{came.path}?{came.query}" if came.query else came.path,
    )
    paths = (local_path(each) for each in asked if each)
    return next((path for path in paths if path == here or path.startswith(f"{here}?")), here)
