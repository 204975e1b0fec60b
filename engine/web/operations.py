"""Operations as people read them: what each does, how far it is, what was left and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.forms.contexts import LeftRecord, Link, OperationAct, OperationRow
from engine.forms.contexts.operations import Meaning
from engine.locale.text import Text
from engine.records.operation_clearing import KEPT
from engine.records.operations import Operation, Refusal
from engine.records.transaction import UNDO
from engine.web.desk import Desk
from engine.web.titles import titles_of

ICONS = {
    UNDO: "undo-2",
    "import": "upload",
    "export": "download",
    "bulk_delete": "trash-2",
    "merge": "git-merge",
    "bulk_assign": "user-round",
}
MEANINGS: dict[str, Meaning] = {
    "waiting": "info",
    "running": "info",
    "done": "ok",
    "stopped": "warn",
    "failed": "bad",
    "interrupted": "bad",
    "undoing": "info",
    "undone": "",
}
MINUTE = 60


def title_of(desk: Desk, operation: Operation) -> str:
    """Edit Opportunities; Undo: Edit Opportunities."""
    kind = str(operation.settings.get("kind", "")) if operation.kind == UNDO else operation.kind
    named = desk.say(f"operation.kind.{kind}", entity=plural_of(desk, operation))
    return desk.say("operation.kind.undo", what=named) if operation.kind == UNDO else named


def plural_of(desk: Desk, operation: Operation) -> str:
    entity = desk.workspace.blueprint.entities.get(operation.entity)
    return desk.text(entity.plural) if entity else operation.entity


def detail_of(desk: Desk, operation: Operation) -> str:
    """What its job says of it in particular: `settings["about"]`, language -> text."""
    about = operation.settings.get("about")
    return desk.text(Text.of(about)) if about else ""


def row(desk: Desk, operation: Operation, who: str = "") -> OperationRow:
    now = desk.store.moment(desk.actor).now
    parts = (who, detail_of(desk, operation), _counts(desk, operation))
    return OperationRow(
        title=title_of(desk, operation),
        url=f"/operations/{operation.id}",
        icon=ICONS.get(operation.kind, "list-checks"),
        detail=" · ".join(part for part in parts if part),
        state=desk.say(f"operation.state.{operation.state}"),
        meaning=meaning_of(operation),
        when=desk.formats.ago(operation.created_at, now),
        when_full=desk.formats.datetime(operation.created_at),
    )


def meaning_of(operation: Operation) -> Meaning:
    return "warn" if operation.state == "done" and operation.refused else MEANINGS[operation.state]


def percent_of(operation: Operation) -> int:
    handled = operation.done + operation.refused
    return min(100, handled * 100 // operation.total) if operation.total else 0


def counted(desk: Desk, operation: Operation) -> str:
    """814 of 1,272."""
    handled = desk.formats.number(operation.done + operation.refused)
    if operation.total is None:
        return desk.say("operation.handled", done=handled)
    return desk.say("operation.handled_of", done=handled, total=desk.formats.number(operation.total))


def time_left(desk: Desk, operation: Operation) -> str:
    """About how long it will still take, once a part of it is done."""
    handled = operation.done + operation.refused
    if operation.state != "running" or not operation.total or not handled or operation.started_at is None:
        return ""
    passed = (desk.store.moment(desk.actor).now - operation.started_at).total_seconds()
    seconds = round(passed / handled * max(0, operation.total - handled))
    if seconds < MINUTE:
        return desk.say("operation.seconds_left", count=max(1, seconds))
    return desk.say("operation.minutes_left", count=round(seconds / MINUTE))


def sentence(desk: Desk, operation: Operation) -> str:
    """What became of it, or what it means that it has not ended."""
    if operation.state in ("waiting", "running"):
        return desk.say(f"operation.{operation.state}_text")
    if operation.cleared_at is not None:
        cleared = desk.say("operation.cleared_text", count=KEPT.days)
        return desk.say("operation.sentences", first=_counts(desk, operation), second=cleared)
    told = [_counts(desk, operation)]
    if operation.state in ("stopped", "failed", "interrupted", "undoing", "undone"):
        told.insert(0, desk.say(f"operation.{operation.state}_text"))
    elif operation.undoable:
        told.append(desk.say("operation.undo_text"))
    return desk.say("operation.sentences", first=told[0], second=told[1]) if len(told) > 1 else told[0]


def ended_sentence(desk: Desk, operation: Operation) -> str:
    """Edit Opportunities: done. 312 records done. 4 left as they were."""
    state = desk.say(f"operation.state.{operation.state}")
    return desk.say("operation.ended", what=title_of(desk, operation), state=state, counts=_counts(desk, operation))


def acts_of(desk: Desk, operation: Operation) -> tuple[OperationAct, ...]:
    here = f"/operations/{operation.id}"
    acts = []
    if operation.resumable:
        acts.append(OperationAct(f"{here}/resume", desk.say("operation.resume"), "rotate-cw", "primary"))
    if operation.undoable:
        acts.append(OperationAct(f"{here}/undo", desk.say("operation.undo"), "undo-2"))
    if operation.state in ("waiting", "running"):
        acts.append(OperationAct(f"{here}/stop", desk.say("operation.stop"), "circle-x", "danger-quiet"))
    return tuple(acts)


def links_of(desk: Desk, operation: Operation) -> tuple[Link, ...]:
    """What its job gives out: `result["links"]`, pairs of a text's key and a path of this site."""
    given: Sequence[Any] = operation.result.get("links", ())
    return tuple(Link(desk.say(str(key)), str(path), "download") for key, path in given)


def left_records(desk: Desk, operation: Operation, refusals: Sequence[Refusal]) -> tuple[LeftRecord, ...]:
    """One statement for each entity; the title of a record the person may not read is not told."""
    entities = desk.workspace.blueprint.entities
    known = [(each.entity or operation.entity, each.record_id) for each in refusals if each.record_id is not None]
    titles = titles_of(desk, [(name, record) for name, record in known if name in entities])
    return tuple(_left(desk, operation, refusal, titles) for refusal in refusals)


def _left(desk: Desk, operation: Operation, refusal: Refusal, titles: dict[tuple[str, int], str]) -> LeftRecord:
    name = refusal.entity or operation.entity
    entity = desk.workspace.blueprint.entities.get(name)
    title = titles.get((name, refusal.record_id)) if refusal.record_id is not None else None
    field = entity.fields.get(refusal.cell) if entity else None
    unknown = desk.say("operation.row", number=refusal.position) if refusal.position else desk.say("operation.unseen")
    return LeftRecord(
        title=title or refusal.title or unknown,
        url=f"/e/{name}/{refusal.record_id}" if title and desk.may_visit(name) else "",
        cell=desk.text(field.label) if field else refusal.cell,
        reason=desk.text(refusal.reason),
    )


def _counts(desk: Desk, operation: Operation) -> str:
    """312 done, 4 left as they are."""
    done = desk.say("operation.done_count", count=operation.done)
    if not operation.refused:
        return done
    return desk.say("operation.done_and_left", done=done, left=desk.formats.number(operation.refused))
