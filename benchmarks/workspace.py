"""The product's side: a workspace of the deals, its rows brought in, an administrator and a token."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.serving import Server, Spent, run

BLUEPRINT = Path(__file__).parent / "deals"
CRM = str(Path(sys.executable).parent / "crm")
EMAIL = "bench@example.org"


@dataclass(frozen=True)
class Workspace:
    environment: dict[str, str]
    log: Path
    password: str
    token: str

    def bring_in(self, entity: str, file: Path) -> Spent:
        return run([CRM, "import", entity, str(file), "--yes", "--key", ""], self.environment, self.log)

    def serve(self, port: int) -> list[str]:
        return [CRM, "serve", "--port", str(port)]

    def cookie(self, server: Server) -> str:
        """The session of somebody who has just logged in."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", "/login")
        answer = connection.getresponse()
        form, jar = answer.read().decode(), _cookies(answer)
        found = re.search(r'name="_csrf"[^>]*value="([^"]+)"', form)
        given = {"email": EMAIL, "password": self.password, "_csrf": found.group(1) if found else ""}
        headers = {"content-type": "application/x-www-form-urlencoded", "cookie": jar, "sec-fetch-site": "same-origin"}
        connection.request("POST", "/login", urlencode(given), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (302, 303):
            raise RuntimeError(f"the login answers {answer.status}")
        return _cookies(answer) or jar


def founded(folder: Path, database: str, log: Path) -> Workspace:
    environment = {"CRM_DATABASE_URL": database, "CRM_DATA_FOLDER": str(folder / "data"), "CRM_API_RATE": "0"}
    run([CRM, "serve", str(BLUEPRINT), "--no-serve"], environment, log)
    added = _said([CRM, "user", "add", EMAIL, "--role", "admin"], environment)
    made = _said([CRM, "token", "create", EMAIL, "--scope", "write"], environment)
    password = re.search(r"Password\D*: (\S+)", added)
    token = re.search(r"crm_\S+", made)
    if not password or not token:
        raise RuntimeError(f"no password or token in {added!r} {made!r}")
    return Workspace(environment, log, password.group(1), token.group(0))


def _said(command: list[str], environment: dict[str, str]) -> str:
    given = {**os.environ, **environment, "LANG": "en_GB.UTF-8"}
    return subprocess.run(command, env=given, check=True, capture_output=True, text=True).stdout


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")
