"""Signing in with a provider of OpenID Connect: the authorization code flow with PKCE (RFC 7636), a nonce, and the
provider's own keys. The first sign-in asks the provider where its parts are; its keys are asked for again when a token
is signed with one that is not known."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from engine.access.tokens import same
from engine.language.discovery import load

PATIENCE = 10
"""Seconds the provider may take for an answer."""
MOST = 1024 * 1024
"""Bytes of an answer that are read."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60
"""Seconds by which the clocks may differ."""


class OidcFailed(Exception):
    """The provider gave no answer that proves who somebody is; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    back: str
    """Where the provider sends people back to."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What a browser keeps while its person is with the provider."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def begin(cls) -> Journey:
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for. `email` is theirs only where it is `verified`."""

    email: str
    verified: bool
    name: str


class Oidc:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._guard = threading.Lock()
        self._found: Mapping[str, Any] = {}
        self._keys: Mapping[str, Any] = {}

    def address(self, journey: Journey) -> str:
        """Where a person is sent to. Raises `OidcFailed`."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(journey.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": self._provider.client_id,
            "redirect_uri": self._provider.back,
            "scope": "openid email profile",
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        where = self._place("authorization_endpoint")
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    def identity(self, journey: Journey, state: str, code: str, now: float) -> Identity:
        """Who came back with this code. Raises `OidcFailed`."""
        if not code or not same(state, journey.state):
            raise OidcFailed("the state is not the one of this browser")
        answer = _asked(
            self._place("token_endpoint"),
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._provider.back,
                "client_id": self._provider.client_id,
                "client_secret": self._provider.client_secret,
                "code_verifier": journey.verifier,
            },
        )
        claims = self._claims(str(answer.get("id_token", "")), now)
        if not same(str(claims.get("nonce", "")), journey.nonce):
            raise OidcFailed("the nonce is not the one of this browser")
        verified = claims.get("email_verified") in (True, "true")
        return Identity(str(claims.get("email", "")), verified, str(claims.get("name", "")))

    def _claims(self, token: str, now: float) -> Mapping[str, Any]:
        """What a token says once its signature, issuer, audience and time are right. Raises `OidcFailed`."""
        read, key_sets, problems = (
            load("joserfc.jwt:decode"),
            load("joserfc.jwk:KeySet"),
            load("joserfc.errors:JoseError"),
        )
        registry = load("joserfc.jwt:JWTClaimsRegistry")
        for fresh in (False, True):
            try:
                keys = key_sets.import_key_set(self._key_set(fresh))
                decoded = read(token, keys, algorithms=ALGORITHMS)
                break
            except (problems, ValueError, KeyError, TypeError) as error:
                if fresh:
                    raise OidcFailed(f"the token cannot be proved: {error}") from error
        mine = {"essential": True, "value": self._provider.client_id}
        issuer = {"essential": True, "value": self._provider.issuer}
        try:
            registry(lambda: int(now), LEEWAY, iss=issuer, aud=mine, exp={"essential": True}).validate(decoded.claims)
        except problems as error:
            raise OidcFailed(f"the token is not for us: {error}") from error
        others = decoded.claims.get("aud")
        if isinstance(others, list) and len(others) > 1 and decoded.claims.get("azp") != self._provider.client_id:
            raise OidcFailed("the token is for somebody else")
        return dict(decoded.claims)

    def _place(self, name: str) -> str:
        with self._guard:
            if not self._found:
                found = _asked(f"{self._provider.issuer}/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != self._provider.issuer:
                    raise OidcFailed("the provider names another issuer")
                self._found = found
        place = self._found.get(name)
        if not isinstance(place, str) or not place.startswith(("https://", "http://")):
            raise OidcFailed(f"the provider names no {name}")
        return place

    def _key_set(self, fresh: bool) -> Any:
        place = self._place("jwks_uri")
        with self._guard:
            if fresh or not self._keys:
                self._keys = _asked(place)
            return self._keys


def _asked(url: str, form: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """The JSON object at an address. Raises `OidcFailed`."""
    body = urlencode(form).encode() if form is not None else None
    asking = urllib.request.Request(url, body, {"accept": "application/json"})
    try:
        with urllib.request.urlopen(asking, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(MOST))
    except (OSError, ValueError) as error:
        raise OidcFailed(f"{url.partition('?')[0]} gives no answer: {error}") from error
    if not isinstance(found, dict):
        raise OidcFailed(f"{url.partition('?')[0]} gives no object")
    return found
