"""Writing down what the person at the desk answers for, and saying what was written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.access.audit import AuditEntry, Kind, Origin, Record
from engine.access.devices import device_name
from engine.schema.field_type import Reference
from engine.web.desk import Desk, WebRequest
from engine.web.titles import titles_of

ICONS: Mapping[Kind, str] = {
    "signed_in": "log-in",
    "sign_in_failed": "triangle-alert",
    "signed_out": "log-out",
    "session_ended": "monitor",
    "password_set": "key-round",
    "user_added": "user-plus",
    "invited": "mail",
    "reset_asked": "key-round",
    "many_failures": "siren",
    "mass_export": "siren",
    "new_place": "map-pin",
    "second_factor_on": "shield-check",
    "second_factor_off": "shield-check",
    "handed_over": "handshake",
    "mail_failed": "triangle-alert",
    "user_activated": "user-check",
    "user_deactivated": "circle-slash",
    "roles_changed": "shield-check",
    "token_made": "key",
    "token_revoked": "key",
    "exported": "download",
    "imported": "upload",
    "revealed": "eye",
    "viewed_as": "users-round",
    "audit_exported": "download",
}
BAD = frozenset({"sign_in_failed", "mail_failed", "many_failures", "mass_export", "new_place"})
Titles = Mapping[Reference, str]


def origin_of(request: WebRequest) -> Origin:
    return Origin("web", request.address, request.headers.get("user-agent", ""))


def noted(desk: Desk, kind: Kind, about: Record | None = None, **details: Any) -> None:
    """Write down an act of the person that stands for itself, in a transaction of its own."""
    services = desk.request.services
    with services.database.write() as connection:
        services.audit.note(connection, kind, desk.actor.user_id, origin_of(desk.request), about, **details)


def named_in(desk: Desk, entries: Iterable[AuditEntry]) -> Titles:
    """The titles of what entries name, as far as the reader may see it; a statement for each entity."""
    entities = desk.workspace.blueprint.entities
    wanted: set[Reference] = set()
    for entry in entries:
        if entry.actor_id is not None:
            wanted.add(("user", entry.actor_id))
        if entry.entity is not None and entry.entity in entities and entry.record_id is not None:
            wanted.add((entry.entity, entry.record_id))
    return titles_of(desk, wanted)


def sentence(desk: Desk, entry: AuditEntry, titles: Titles) -> str:
    """What happened, whole."""
    who = _person(desk, entry.actor_id, titles)
    if entry.kind in ("sign_in_failed", "many_failures"):
        whom = titles.get(("user", entry.record_id or 0)) or str(entry.details.get("email", ""))
        return desk.say(f"audit.said.{entry.kind}", whom=whom or desk.inner(desk.say("audit.somebody")))
    if entry.kind == "roles_changed" and entry.details.get("roles") == []:
        return desk.say("audit.said.roles_taken", who=who, what=_what(desk, entry, titles))
    words = {name: _word(desk, name, value) for name, value in entry.details.items()}
    return desk.say(f"audit.said.{entry.kind}", **{"who": who, "what": _what(desk, entry, titles), **_SLOTS, **words})


_SLOTS = dict.fromkeys(("address", "count", "field", "name", "reason", "role", "roles"), "")


def _person(desk: Desk, user_id: int | None, titles: Titles) -> str:
    if user_id is None:
        return desk.say("record.engine")
    return titles.get(("user", user_id)) or desk.say("audit.somebody")


def _what(desk: Desk, entry: AuditEntry, titles: Titles) -> str:
    """The record, or the entity of many."""
    entity = desk.workspace.blueprint.entities.get(entry.entity or "")
    if entity is None:
        return entry.entity or ""
    if entry.record_id is None:
        return desk.text(entity.plural)
    return titles.get((entity.name, entry.record_id)) or desk.inner(desk.text(entity.label))


def _word(desk: Desk, name: str, value: Any) -> Any:
    if name in ("role", "roles"):
        known = desk.workspace.blueprint.roles
        listed = value if isinstance(value, list) else [value]
        return desk.say("bulk.separator").join(desk.text(known[one].label) if one in known else one for one in listed)
    return value if isinstance(value, int) else str(value)


def origin_words(desk: Desk, entry: AuditEntry) -> str:
    """Why, on which device and from where."""
    origin = entry.origin
    device = device_name(origin.user_agent) or ("" if origin.way == "web" else desk.say(f"audit.way_{origin.way}"))
    parts = (str(entry.details.get("reason", "")), device, origin.address)
    return " · ".join(part for part in parts if part)
