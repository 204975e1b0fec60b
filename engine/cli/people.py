"""Users made from the command line: a record through the gateway, roles, a password."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from engine.access.actor import ENGINE
from engine.access.audit import CLI
from engine.access.grants import roles_of
from engine.cli.logins import Login
from engine.publishing.workspace import Workspace
from engine.records.people import write_user
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from engine.web.services import Services

SOURCE = "cli"
MOST = 1000


def new_password() -> str:
    return secrets.token_urlsafe(12)


def make_user(
    services: Services, workspace: Workspace, email: str, name: str, roles: Sequence[str], password: str
) -> None:
    """Raises `ValueRefused` for what is no e-mail address and `Invalid` when somebody has it."""
    field = workspace.blueprint.entities["user"].fields["email"]
    values = {"email": field.type.accept(email, field), "name": name}
    hashed = services.credentials.hash(password)
    with workspace.store.begin(ENGINE, SOURCE) as write:
        user_id = write_user(write, services.credentials, values, roles, hashed)
        services.audit.note(write.connection, "user_added", None, CLI, ("user", user_id), roles=sorted(set(roles)))


def give_password(services: Services, workspace: Workspace, password: str) -> list[Login]:
    """Let every user who has a role log in with `password`."""
    page = workspace.store.list(ENGINE, ListQuery("user", ("name", "email")), PageRequest(limit=MOST))
    hashed, logins = services.credentials.hash(password), []
    with services.database.write() as connection:
        for row in page.rows:
            if roles := sorted(roles_of(connection, row["id"])):
                services.credentials.store(connection, row["id"], hashed)
                logins.append(Login(row["email"], tuple(roles), password))
    return logins


def strongest_role(workspace: Workspace) -> str | None:
    """The first role that manages the workspace, else the first one."""
    roles = workspace.blueprint.roles
    return next((name for name, role in roles.items() if role.admin), next(iter(roles), None))


def nobody_there(workspace: Workspace) -> bool:
    return not workspace.store.list(ENGINE, ListQuery("user", ("name",)), PageRequest(limit=1)).rows
