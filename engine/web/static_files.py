"""The static files: under an address that changes with their content they are kept for ever, else asked for again."""

from __future__ import annotations

import os
import re

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from engine.forms.pages import static_address

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
_VERSION = re.compile(r"^v-[0-9a-f]{12}/")


class CachedFiles(StaticFiles):
    def get_path(self, scope: Scope) -> str:
        """Without the version: a page from before an update still finds its files."""
        return _VERSION.sub("", super().get_path(scope))

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        current = scope["path"].startswith(f"{static_address()}/")
        response.headers["cache-control"] = FOR_EVER if current else ASK_AGAIN
        return response
