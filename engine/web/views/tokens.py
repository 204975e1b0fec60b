"""API tokens: one's own are made, listed and revoked; admins see and revoke everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from engine.access.api_tokens import LONGEST_NAME, SCOPES, TokenDraft, TokenEntry
from engine.access.sessions import SessionUser
from engine.forms.contexts import Choice, Control, FormError
from engine.forms.contexts.tokens import TokenRow, TokensScreen
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import RecordNotFound
from engine.schema.typed_text import one_line
from engine.web.api.openapi import reached_entities
from engine.web.auditing import origin_of
from engine.web.desk import Desk, NotSetUp, WebRequest
from engine.web.flash import Flash

PERIODS = ("30", "90", "365", "")
"""Days a token lasts; without any it lasts until it is revoked."""
USUAL = {"scope": "read", "expires": "90"}


def show_tokens(request: WebRequest) -> Response:
    return _tokens(Desk.of(request), USUAL, (), {})


def add_token(request: WebRequest) -> Response:
    """Make a token, which the answer shows this once."""
    desk, form = Desk.of(request), request.form
    typed = {name: form.get(name, "").strip()[:400] for name in ("name", "scope", "expires")}
    entities = tuple(name for name in dict.fromkeys(form.getlist("entities")) if name)
    if errors := _errors(desk, typed, entities):
        return _tokens(desk, typed, entities, errors, status=422)
    days = int(typed["expires"] or 0)
    _, token = request.services.api_tokens.create(
        TokenDraft(
            user_id=_user(request).user_id,
            name=one_line(typed["name"]) or "",
            scope=typed["scope"],  # type: ignore[arg-type]
            entities=entities or None,
            expires_at=request.services.clock.now() + timedelta(days=days) if days else None,
        ),
        desk.actor.user_id,
        origin_of(request),
    )
    return _tokens(desk, USUAL, (), {}, made=token)


def revoke_token(request: WebRequest) -> Response:
    """One's own; an admin anybody's."""
    desk = Desk.of(request)
    owner = None if desk.workspace.policy.is_admin(desk.actor) else _user(request).user_id
    if not request.services.api_tokens.revoke(desk.record_id(), owner, desk.actor.user_id, origin_of(request)):
        raise RecordNotFound
    return desk.redirect("/profile/tokens", Flash("tokens.revoked"))


def _user(request: WebRequest) -> SessionUser:
    if request.user is None:
        raise NotSetUp
    return request.user


def _errors(desk: Desk, typed: dict[str, str], entities: Sequence[str]) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    name = one_line(typed["name"])
    if not name:
        errors["name"] = message_text("value.required", label=message_text("tokens.name"))
    elif len(name) > LONGEST_NAME:
        errors["name"] = message_text("value.long", count=LONGEST_NAME)
    if typed["scope"] not in SCOPES:
        errors["scope"] = message_text("value.choice")
    if typed["expires"] not in PERIODS:
        errors["expires"] = message_text("value.choice")
    if set(entities) - set(_reachable(desk)):
        errors["entities"] = message_text("value.choice")
    return errors


def _reachable(desk: Desk) -> list[str]:
    return [entity.name for entity in reached_entities(desk.workspace, desk.actor, lambda name: True)]


def _tokens(
    desk: Desk,
    typed: dict[str, str],
    entities: Sequence[str],
    errors: dict[str, Text],
    made: str = "",
    status: int = 200,
) -> Response:
    me = _user(desk.request).user_id
    known = desk.request.services.api_tokens.of(None if desk.workspace.policy.is_admin(desk.actor) else me)
    context = TokensScreen(
        page=desk.page(desk.say("tokens.title")),
        controls=_controls(desk, typed, entities, errors),
        errors=tuple(FormError(f"c-{n}", desk.say(f"tokens.{n}"), desk.text(text)) for n, text in errors.items()),
        tokens=tuple(_row(desk, each) for each in known if each.user_id == me),
        others=tuple(_row(desk, each, each.user) for each in known if each.user_id != me),
        made=made,
    )
    return desk.render("screens/tokens.html", context, status)


def _controls(
    desk: Desk, typed: dict[str, str], entities: Sequence[str], errors: dict[str, Text]
) -> tuple[Control, ...]:
    known = desk.workspace.blueprint.entities
    choices = {
        "scope": tuple(Choice(s, desk.say(f"tokens.scope_{s}"), selected=s == typed.get("scope")) for s in SCOPES),
        "expires": tuple(
            Choice(p, desk.say(f"tokens.days_{p or 'never'}"), selected=p == typed.get("expires")) for p in PERIODS
        ),
        "entities": tuple(Choice(n, desk.text(known[n].plural), selected=n in entities) for n in _reachable(desk)),
    }
    widgets = {"name": "text", "scope": "choice", "expires": "choice", "entities": "multi_choice"}
    return tuple(
        Control(
            widget=widget,
            name=name,
            id=f"c-{name}",
            label=desk.say(f"tokens.{name}"),
            text=typed.get(name, ""),
            error=desk.text(errors[name]) if name in errors else "",
            help=desk.say("tokens.entities_help") if name == "entities" else "",
            required=name != "entities",
            wide=name == "entities",
            choices=choices.get(name, ()),
        )
        for name, widget in widgets.items()
    )


def _row(desk: Desk, entry: TokenEntry, user: str = "") -> TokenRow:
    now, formats = desk.store.moment(desk.actor).now, desk.formats
    used, until = entry.last_used_at, entry.expires_at
    state = "" if entry.is_alive(now) else desk.say("tokens.is_revoked" if entry.revoked_at else "tokens.is_expired")
    return TokenRow(
        id=str(entry.id),
        name=entry.name,
        hint=entry.hint,
        reach=_reach(desk, entry),
        used=desk.say("tokens.used", when=formats.ago(used, now)) if used else desk.say("tokens.unused"),
        until=desk.say("tokens.until", when=formats.datetime(until)) if until else desk.say("tokens.for_ever"),
        state=state,
        user=user,
    )


def _reach(desk: Desk, entry: TokenEntry) -> str:
    scope = desk.say(f"tokens.scope_{entry.scope}")
    if entry.entities is None:
        return scope
    known = desk.workspace.blueprint.entities
    names = (desk.text(known[name].plural) if name in known else name for name in entry.entities)
    return desk.say("tokens.reach", scope=scope, entities=desk.say("tokens.comma").join(names))
