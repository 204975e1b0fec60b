"""A sentence for the next page, with a way to take the act back: carried in a short-lived cookie."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from engine.web.security import cookie_name, delete_cookie, local_path, set_cookie

COOKIE = "crm_flash"
SECONDS = 30
KEYS = frozenset(
    {
        "record.created",
        "record.saved",
        "record.deleted",
        "record.restored",
        "record.moved",
        "related.linked",
        "related.unlinked",
        "calendar.moved",
        "tree.moved",
        "error.refused",
        "files.removed",
        "bulk.edit_done",
        "bulk.assign_done",
        "bulk.move_done",
        "bulk.tag_done",
        "bulk.untag_done",
        "bulk.delete_done",
        "bulk.undone_done",
        "duplicates.apart_done",
        "duplicates.together_done",
        "merge.done",
        "profile.saved",
        "people.saved",
        "teams.saved",
        "teams.deleted",
        "import.kept",
        "view.deleted",
        "view.opens",
        "view.restored",
        "view.saved",
        "profile.password_saved",
    }
)


@dataclass(frozen=True, slots=True)
class Flash:
    """`key` is one of `KEYS`, a sentence of the catalogue; `undo_url` a POST address of this site."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    undo_url: str = ""

    def set_on(self, response: Response, secure: bool) -> None:
        text = json.dumps([self.key, dict(self.values), self.undo_url])
        set_cookie(response, COOKIE, base64.urlsafe_b64encode(text.encode()).decode(), secure, SECONDS)


def read_flash(cookies: Mapping[str, str], secure: bool) -> Flash | None:
    """The flash a browser brings; None for none, and for one we did not write."""
    written = cookies.get(cookie_name(COOKIE, secure))
    try:
        key, values, undo_url = json.loads(base64.urlsafe_b64decode(written)) if written else ("", {}, "")
        known = key in KEYS and all(isinstance(value, str) for value in values.values())
    except (ValueError, TypeError, AttributeError):
        return None
    return Flash(key, values, undo_url if local_path(undo_url) == undo_url else "") if known else None


def clear_flash(response: Response, cookies: Mapping[str, str], secure: bool) -> None:
    """A flash is shown once."""
    if cookie_name(COOKIE, secure) in cookies:
        delete_cookie(response, COOKIE, secure)
