"""Links that let a person set a password: their address, and the mail that brings them."""

from __future__ import annotations

from engine.access.entry_links import Purpose
from engine.locale.catalogue import message
from engine.outside.letter import Letter, LinkLetter, link_letter
from engine.web.desk import WebRequest


def link_address(request: WebRequest, token: str) -> str:
    """Where the link leads, as people reach the workspace: by the setting, else as the admin reached it."""
    host = f"{'https' if request.secure else 'http'}://{request.headers.get('host', 'localhost')}"
    return f"{request.services.settings.public_url.rstrip('/') or host}/password/{token}"


def letter(request: WebRequest, purpose: Purpose, to: str, language: str, token: str, asked: bool = False) -> Letter:
    """The mail with a link. `asked`: the person asked for it by themselves."""
    workspace = request.services.workspace
    name = workspace.name if workspace else ""
    heading = message(f"letter.{purpose}", language, workspace=name)
    words = LinkLetter(
        language=language,
        workspace=name,
        heading=heading,
        text=message(f"letter.{purpose}_text", language, workspace=name, email=to),
        button=message(f"letter.{purpose}_button", language),
        url=link_address(request, token),
        note=message(f"letter.{'asked' if asked else purpose}_note", language),
    )
    return link_letter(to, heading, words)
