"""Signing in with the provider: there, and back. What the browser keeps meanwhile is in a cookie that ends soon."""

from __future__ import annotations

import json
import logging

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from engine.access.actor import ENGINE
from engine.access.login import Device, find_user
from engine.access.tokens import mask, same, unmask
from engine.outside.oidc import Identity, Journey, Oidc, OidcFailed
from engine.records.errors import Invalid, RecordNotFound
from engine.records.people import write_user
from engine.web.auditing import origin_of
from engine.web.desk import NotSetUp, WebRequest
from engine.web.entering import let_in
from engine.web.security import cookie_name, delete_cookie, local_path, set_cookie

COOKIE = "crm_oidc"
SECONDS = 600
_log = logging.getLogger("engine.web")


def go(request: WebRequest) -> Response:
    """To the provider."""
    oidc, journey = _oidc(request), Journey.begin()
    try:
        address = oidc.address(journey)
    except OidcFailed as failed:
        return _refused(request, "failed", str(failed))
    response = RedirectResponse(address, status_code=303)
    target = local_path(request.query.get("next", "/"))
    text = json.dumps([journey.state, journey.nonce, journey.verifier, target])
    value = f"{mask(text)}.{request.services.signer.sign('oidc', text)}"
    set_cookie(response, COOKIE, value, request.secure, SECONDS)
    return response


def come_back(request: WebRequest) -> Response:
    """From the provider: whom it vouches for comes in, if they are here or may be added."""
    oidc, services = _oidc(request), request.services
    kept = _kept(request)
    if kept is None:
        return _refused(request, "failed", "the browser keeps no journey")
    journey, target = kept
    state, code, now = request.query.get("state", ""), request.query.get("code", ""), services.clock.now()
    try:
        identity = oidc.identity(journey, state, code, now.timestamp())
    except OidcFailed as failed:
        return _refused(request, "failed", str(failed))
    if not identity.verified or "@" not in identity.email:
        return _refused(request, "unverified")
    device = Device(request.address, request.headers.get("user-agent", ""), request.session_token)
    user_id = _user(request, identity)
    if user_id is None:
        return _refused(request, "unknown")
    with services.database.write() as connection:
        entered = services.login.begin(connection, user_id, device)
    response = let_in(request, entered, target)
    delete_cookie(response, COOKIE, request.secure)
    return response


def _oidc(request: WebRequest) -> Oidc:
    """Raises `NotSetUp`, `RecordNotFound`."""
    if request.services.workspace is None:
        raise NotSetUp
    if request.services.oidc is None:
        raise RecordNotFound
    return request.services.oidc


def _kept(request: WebRequest) -> tuple[Journey, str] | None:
    masked, _, signature = request.cookies.get(cookie_name(COOKIE, request.secure), "").rpartition(".")
    text = unmask(masked)
    if not text or not same(signature, request.services.signer.sign("oidc", text)):
        return None
    state, nonce, verifier, target = json.loads(text)
    return Journey(state, nonce, verifier), local_path(target)


def _user(request: WebRequest, identity: Identity) -> int | None:
    """The user with the verified address; a new one where the settings have a role for them."""
    services, workspace = request.services, request.services.workspace
    with services.database.read() as connection:
        user_id = find_user(connection, identity.email)
    role = services.settings.oidc_role
    if user_id is not None or workspace is None or role not in workspace.blueprint.roles:
        return user_id
    values = {"name": (identity.name or identity.email.partition("@")[0])[:120], "email": identity.email.lower()}
    try:
        with workspace.store.begin(ENGINE, "ui") as write:
            added = write_user(write, services.credentials, values, (role,), None)
            _note_added(request, write.connection, added, role)
            return added
    except Invalid:
        return None


def _note_added(request: WebRequest, connection: Connection, user_id: int, role: str) -> None:
    origin, whom = origin_of(request), ("user", user_id)
    request.services.audit.note(connection, "user_added", None, origin, whom, roles=[role])


def _refused(request: WebRequest, why: str, reason: str = "") -> Response:
    """Back to the sign-in page, which says why; the log has what only the operator understands."""
    if reason:
        _log.warning("a sign-in with the provider failed: %s", reason)
    response = RedirectResponse(f"/login?said={why}", status_code=303)
    delete_cookie(response, COOKIE, request.secure)
    return response
