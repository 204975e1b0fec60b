"""What the gateway answered instead of writing a record, as sentences beside the fields they are about."""

from __future__ import annotations

from collections.abc import Mapping

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.schema.field_type import ValueRefused

REFUSALS = (Refused, Invalid, MoveRefused, Conflict, RecordNotFound, ValueRefused)
"""Everything the gateway refuses a write with."""


def reasons(refusal: Exception) -> Mapping[str, Text]:
    """Field name -> sentence; "" is the record as a whole. For one of `REFUSALS`."""
    match refusal:
        case Invalid():
            return dict(refusal.errors)
        case MoveRefused() if refusal.reason is None:
            return dict.fromkeys(refusal.missing, message_text("operation.needed"))
        case Refused() | MoveRefused():
            return {"": refusal.message if isinstance(refusal, Refused) else refusal.reason or Text.of("")}
        case Conflict():
            return {clash.field: message_text("value.changed_meanwhile") for clash in refusal.details.clashes}
        case ValueRefused():
            return {"": refusal.message}
    return {"": message_text("bulk.gone")}
