"""Where the fields of a list stand on a phone card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.schema.model import Entity, Field

SLOTS = ("value", "sub", "sub2", "badge", "meta")


def assign_slots(entity: Entity, fields: Sequence[Field]) -> Mapping[str, str]:
    """Field name -> slot. What the entity names goes first, as far as it is among `fields`; a slot that is still
    free takes the first field whose type suits it, a stage before a choice."""
    names = [field.name for field in fields]
    slots = {slot: name for slot, name in entity.slots.items() if name in names}
    if names:
        slots.setdefault("title", entity.title if entity.title in names else names[0])
    stages_first = sorted(fields, key=lambda field: "pipeline" not in field.settings)
    for slot in SLOTS:
        taken = slots.values()
        suited = (field.name for field in stages_first if field.type.slot == slot and field.name not in taken)
        found = next(suited, None)
        if found:
            slots.setdefault(slot, found)
    return {name: slot for slot, name in slots.items()}
