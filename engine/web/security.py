"""Rules that every answer and every write follow: headers, where a write may come from, cookies."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SESSION_COOKIE = "crm_session"
GUEST_COOKIE = "crm_guest"
LANGUAGE_COOKIE = "lang"
FOLDED_COOKIE = "crm_folded"
"""The groups of the menu somebody folded; written by the page itself."""
_HSTS = "max-age=31536000"


def content_security_policy(nonce: str) -> str:
    return (
        "default-src 'self'; "
        "script-src 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def security_headers(nonce: str, secure: bool) -> dict[str, str]:
    headers = {
        "content-security-policy": content_security_policy(nonce),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    return headers | {"strict-transport-security": _HSTS} if secure else headers


def from_elsewhere(method: str, headers: Headers) -> bool:
    """Whether a browser says that another site sends this write. Programs that say nothing are let through here:
    the token decides."""
    if method in SAFE_METHODS:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != headers.get("host", "-").lower()


def is_secure(scope: Scope) -> bool:
    """Whether the person reached us through TLS; `scheme` is already what trusted proxies said."""
    return bool(scope["scheme"] in ("https", "wss"))


def cookie_name(name: str, secure: bool) -> str:
    """Browsers let nobody else set a cookie named `__Host-`: no neighbour domain, no plain HTTP."""
    return f"__Host-{name}" if secure else name


def set_cookie(response: Response, name: str, value: str, secure: bool, max_age: int | None = None) -> None:
    """A cookie that scripts cannot read. `max_age` in seconds; without it the cookie ends with the browser."""
    response.set_cookie(
        cookie_name(name, secure), value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="lax"
    )


def delete_cookie(response: Response, name: str, secure: bool) -> None:
    response.delete_cookie(cookie_name(name, secure), path="/", secure=secure, httponly=True, samesite="lax")


def local_path(target: str) -> str:
    """`target` when it is a path of this site, else "/": a link must not lead people elsewhere after login."""
    leaves = not target.startswith("/") or target.startswith("//") or "\\" in target
    return "/" if leaves or any(ord(character) < 33 or ord(character) == 127 for character in target) else target
