"""What `crm recompute` does once its words are read."""

from __future__ import annotations

from collections.abc import Collection

from engine.cli.acting import workspace_of
from engine.cli.opening import opened
from engine.cli.progress import planting
from engine.cli.speech import Refusal, Speaker
from engine.language.problems import nearest
from engine.locale.catalogue import message_text
from engine.records.repairing import recompute
from engine.records.store import Store
from engine.schema.computed_order import Place
from engine.settings import Settings


def run(settings: Settings, what: str | None, dry: bool, speaker: Speaker) -> int:
    """1 when a dry run found a wrong value. Raises `Refusal`."""
    with opened(settings) as services:
        store = workspace_of(services).store
        wanted = _wanted(store, what) if what else None
        with planting(speaker.text("cli.recompute.working")) as progress:
            found = recompute(store, wanted, dry, progress)
    for (entity, field), each in found.items():
        if each.wrong:
            ids = ", ".join(map(str, each.ids)) + (", …" if each.wrong > len(each.ids) else "")
            speaker.say("cli.recompute.wrong", count=each.wrong, field=f"{entity}.{field}", ids=ids)
    wrong = sum(each.wrong for each in found.values())
    speaker.say("cli.recompute.would" if dry and wrong else "cli.recompute.done", count=wrong, fields=len(found))
    return int(dry and wrong > 0)


def _wanted(store: Store, what: str) -> Collection[Place]:
    """The computed fields that the words name. Raises `Refusal`."""
    places = [(step.entity, field.name) for step in store.model.plan.steps for field in step.fields]
    found = [place for place in places if what in (place[0], ".".join(place))]
    if found:
        return found
    near = nearest(what, [".".join(place) for place in places])
    key = "cli.recompute.nothing_near" if near else "cli.recompute.nothing"
    raise Refusal(message_text(key, name=what, **({"near": near} if near else {})))
