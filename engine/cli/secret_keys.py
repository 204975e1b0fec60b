"""Whether a workspace with secrets has a key to encrypt them with."""

from __future__ import annotations

from engine.access.vault import new_key
from engine.cli.speech import Refusal
from engine.locale.catalogue import message_text
from engine.publishing.workspace import Workspace


def check_key(workspace: Workspace) -> None:
    """Raises `Refusal`, which says what to set."""
    if workspace.store.model.vault is not None:
        return
    entities = workspace.blueprint.entities.values()
    fields = [f"{field.entity}.{field.name}" for entity in entities for field in entity.declared if field.type.sealed]
    if fields:
        raise Refusal(message_text("cli.no_secret_key", fields=", ".join(fields), example=new_key()))
