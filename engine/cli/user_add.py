"""What `crm user add` does once its words are read."""

from __future__ import annotations

from collections.abc import Sequence

from engine.access.credentials import check_password
from engine.cli.opening import opened
from engine.cli.people import make_user, new_password
from engine.cli.speech import Refusal, Speaker
from engine.language.problems import nearest
from engine.locale.catalogue import message_text
from engine.publishing.workspace import Workspace
from engine.settings import Settings


def run(
    settings: Settings, email: str, roles: Sequence[str], name: str | None, password: str | None, speaker: Speaker
) -> None:
    """Raises `Refusal`, `PasswordRefused`, `ValueRefused`, `Invalid`."""
    with opened(settings) as services:
        workspace = services.workspace
        if workspace is None:
            raise Refusal(message_text("cli.user.no_workspace", database=services.database.name))
        _check_roles(workspace, roles)
        if password is not None:
            check_password(password, email)
        made_up = password or new_password()
        make_user(services, workspace, email, name or email.partition("@")[0], roles, made_up)
    speaker.say("cli.user.added", email=email, roles=", ".join(roles))
    if password is None:
        speaker.say("cli.user.password", password=made_up)


def _check_roles(workspace: Workspace, roles: Sequence[str]) -> None:
    known = list(workspace.blueprint.roles)
    for role in roles:
        if role not in known:
            near = nearest(role, known)
            key = "cli.user.no_role_near" if near else "cli.user.no_role"
            raise Refusal(message_text(key, role=role, near=near, roles=", ".join(known)))
