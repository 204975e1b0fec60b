"""A provider of OpenID Connect on this machine, as strict as a real one about codes and PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey


@dataclass
class Tenant:
    """What it says of the person who is signed in with it, and what the test changes about it."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    signs_with: ECKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    """By code: what was asked for with it."""

    def authorize(self, query: dict[str, str]) -> str:
        code = f"code{len(self.asked)}"
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], now: int) -> dict[str, Any] | None:
        query = self.asked.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if query is None or proof.decode().rstrip("=") != query["code_challenge"] or form["client_secret"] != "pine":
            return None
        claims = {"iss": self.url, "aud": "crm", "sub": "7", "iat": now, "exp": now + 300, "nonce": query["nonce"]}
        key = self.signs_with or self.key
        header = {"alg": "ES256", "kid": "one"}
        return {"id_token": jwt.encode(header, {**claims, **self.claims}, key), "token_type": "Bearer"}


@contextmanager
def provider(now: int) -> Iterator[Tenant]:
    tenant = Tenant()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                places = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                self._say({"issuer": tenant.url, **{name: f"{tenant.url}/{name}" for name in places}})
            elif parts.path == "/jwks_uri":
                self._say({"keys": [tenant.key.as_dict(private=False)]})
            else:
                self.send_response(302)
                self.send_header("location", tenant.authorize(query))
                self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            answer = tenant.token({name: values[0] for name, values in parse_qs(body).items()}, now)
            self._say(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def _say(self, answer: dict[str, Any], status: int = 200) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tenant.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield tenant
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
