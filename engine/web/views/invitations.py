"""Making a link that lets a person set a password: shown once to the admin, and mailed where mail can be sent."""

from __future__ import annotations

from dataclasses import dataclass

from engine.access.entry_links import Purpose
from engine.access.preferences import language_of
from engine.web.auditing import origin_of
from engine.web.desk import Desk
from engine.web.entry_letters import letter, link_address


@dataclass(frozen=True, slots=True)
class Invited:
    sentence: str
    url: str


def invite(desk: Desk, user_id: int, email: str, purpose: Purpose) -> Invited:
    request, services = desk.request, desk.request.services
    with services.database.write() as connection:
        token = services.entry_links.make(connection, user_id, purpose, desk.actor.user_id)
        whom = ("user", user_id)
        services.audit.note(connection, "invited", desk.actor.user_id, origin_of(request), whom)
        language = language_of(connection, user_id) or services.default_language
    if services.mail.available:
        services.mail.send(letter(request, purpose, email, language, token))
    key = f"users.{purpose}_{'mailed' if services.mail.available else 'made'}"
    return Invited(desk.say(key, email=email), link_address(request, token))
