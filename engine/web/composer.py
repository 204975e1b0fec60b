"""The composer beside a record: what it shows, and what was written in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.forms import contexts
from engine.forms.binding import Bound
from engine.forms.contexts import Choice, Control
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.comments import KINDS, Draft
from engine.records.model import Record
from engine.web.desk import Desk
from engine.web.record_tasks import new_task_shape
from engine.web.task_form import task_controls

MOST_PICKED = 50


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, as typed, and what stands against it, by the name of the control."""

    kind: str = "note"
    body: str = ""
    occurred_at: str = ""
    minutes: str = ""
    picked: tuple[str, ...] = ()
    task: Bound = field(default_factory=Bound)
    """What was written in the controls of a task."""
    errors: Mapping[str, Text] = field(default_factory=dict)


def make_composer(desk: Desk, record: Record, written: Written = Written()) -> contexts.Composer:
    made = new_task_shape(desk, record)
    names = (*KINDS, *(["task"] if made else []))
    kinds = tuple(Choice(kind, desk.say(f"composer.{kind}"), selected=kind == written.kind) for kind in names)
    error = written.errors.get("body") or written.errors.get("kind")
    return contexts.Composer(
        url=f"/e/{record.entity.name}/{record.id}/comments",
        csrf=desk.request.csrf_token,
        kinds=kinds,
        body=written.body,
        picked=written.picked,
        error=desk.text(error) if error else "",
        details=(
            _detail(desk, "datetime", "occurred_at", written.occurred_at, written),
            _detail(desk, "number", "minutes", written.minutes, written),
        ),
        task=task_controls(desk, *made, written.task, written.errors) if made else (),
    )


def _detail(desk: Desk, widget: str, name: str, text: str, written: Written) -> Control:
    error = written.errors.get(name)
    label = desk.say(f"composer.{name}")
    return Control(widget, name, f"composer-{name}", label, text, desk.text(error) if error else "")


def read_written(desk: Desk) -> tuple[Written, Draft]:
    """What was posted, and the draft it makes; `errors` tell which of its parts could not be read."""
    form, errors = desk.request.form, dict[str, Text]()
    picked = tuple(text for text in form.getlist("picked") if text.isascii() and text.isdigit())[:MOST_PICKED]
    kind = form.get("kind", "note")
    detailed = kind in ("call", "meeting")
    occurred_at, minutes = form.get("occurred_at", "").strip(), form.get("minutes", "").strip()
    draft = Draft(
        body=form.get("body", ""),
        kind=kind,
        occurred_at=_moment(desk, occurred_at, errors) if detailed else None,
        minutes=_minutes(minutes, errors) if detailed else None,
        picked=tuple(int(text[:16]) for text in picked),
    )
    return Written(kind, draft.body, occurred_at, minutes, picked, errors=errors), draft


def _moment(desk: Desk, typed: str, errors: dict[str, Text]) -> datetime | None:
    try:
        return desk.formats.parse_datetime(typed) if typed else None
    except (ValueError, OverflowError):
        errors["occurred_at"] = message_text("value.datetime")
        return None


def _minutes(typed: str, errors: dict[str, Text]) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        errors["minutes"] = message_text("comment.minutes")
        return None
    return int(typed)
