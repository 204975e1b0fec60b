"""What `crm merge` does once its words are read: the first record stays, and is filled from the others."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cli.acting import actor_named, entity_named, workspace_of
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.locale.catalogue import message_text
from engine.records.errors import Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.merge_choice import suggested
from engine.records.merge_operation import merge
from engine.records.refusals import reasons
from engine.settings import Settings


def run(settings: Settings, name: str, stays: int, others: Sequence[int], email: str | None, speaker: Speaker) -> None:
    """Raises `Refusal`."""
    with opened(settings) as services:
        workspace = workspace_of(services)
        actor, store = actor_named(services, workspace, email), workspace.store
        entity = entity_named(workspace, actor, name)
        try:
            rows = [store.get(actor, entity.name, record_id).row for record_id in (stays, *others)]
            choices = suggested(entity, rows, stays)
            operation = merge(services.database, services.operations, store, actor, entity.name, stays, others, choices)
        except RecordNotFound:
            raise Refusal(message_text("cli.merge.no_record", entity=entity.label)) from None
        except (Refused, Invalid, MoveRefused) as refusal:
            raise Refusal(next(iter(reasons(refusal).values()))) from None
    speaker.say("cli.merge.done", count=1 + len(others), id=stays, operation=operation)
