"""How the content of an attached file is given out: never as something a browser runs."""

from __future__ import annotations

ACTIVE = ("text/html", "image/svg+xml", "application/xml")
"""What a browser would run or draw as a page: given out as mere bytes."""
LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'"
