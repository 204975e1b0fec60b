"""Linking existing records from the page of the one they link to, and unlinking them."""

from __future__ import annotations

import json
from urllib.parse import quote

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.binding import BY_TITLE
from engine.forms.contexts import Choice, Control
from engine.forms.model import RelatedBlock
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import RecordNotFound
from engine.records.model import Record
from engine.web.by_title import titled
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.linking import Linking, NotLinked
from engine.web.related import RelatedLists, is_open, may_link, related_url, typed_value
from engine.web.way_back import way_back

CHOSEN = "record"


def ask(request: WebRequest) -> Response:
    """`/e/<entity>/<id>/related/<other>/<by>`: which existing record is to be linked."""
    desk = Desk.of(request)
    return _ask(desk, *_asked(desk))


def link_chosen(request: WebRequest) -> Response:
    """Link the record that was picked, or whose title was typed where there is no script."""
    desk = Desk.of(request)
    record, block = _asked(desk)
    try:
        other_id = _chosen(desk, block)
        linking = Linking.of(desk, record, block, other_id)
        before = linking.typed
        linking.link()
    except RecordNotFound:
        return _ask(desk, record, block, message_text("value.no_such_record", label=_label(desk, block)))
    except NotLinked as refusal:
        return _ask(desk, record, block, refusal.message)
    undo = f"{related_url(record, block)}/{other_id}/unlink" + (f"?back={quote(before)}" if before else "")
    return _answer(desk, record, block, Flash("related.linked", {"title": linking.title}, undo))


def link_again(request: WebRequest) -> Response:
    """Take back that a record was unlinked."""
    desk = Desk.of(request)
    record, block = _asked(desk)
    linking = Linking.of(desk, record, block, _number(request.path_params["record"]))
    try:
        linking.link()
    except NotLinked as refusal:
        return _answer(desk, record, block, None, refusal.message)
    return _answer(desk, record, block, Flash("related.linked", {"title": linking.title}))


def unlink(request: WebRequest) -> Response:
    """Take a record out of the list; with `?back=` it links to what it did before it was linked here."""
    desk = Desk.of(request)
    record, block = _asked(desk)
    linking = Linking.of(desk, record, block, _number(request.path_params["record"]))
    back = request.query.get("back", "")
    try:
        linking.unlink(back, desk.version())
    except NotLinked as refusal:
        return _answer(desk, record, block, None, refusal.message)
    undo = "" if back else f"{related_url(record, block)}/{linking.other.id}/link"
    return _answer(desk, record, block, Flash("related.unlinked", {"title": linking.title}, undo))


def _asked(desk: Desk) -> tuple[Record, RelatedBlock]:
    """The record and the list of the address. Raises `RecordNotFound`."""
    record = desk.record()
    screen = desk.workspace.blueprint.screens.records[record.entity.name]
    named = desk.request.path_params["other"], desk.request.path_params["by"]
    block = next((b for b in (*screen.form.related, *screen.related) if (b.entity, b.by) == named), None)
    if block is None or not is_open(desk, block) or not may_link(desk, block):
        raise RecordNotFound
    return record, block


def _chosen(desk: Desk, block: RelatedBlock) -> int:
    """The id of the chosen record. Raises `NotLinked` when none, or none alone, is named."""
    if picked := desk.request.form.get(CHOSEN, ""):
        return _number(picked)
    title = desk.request.form.get(CHOSEN + BY_TITLE, "").strip()
    found = titled(desk, block.entity, title) if title else []
    if len(found) == 1:
        return found[0]
    if found:
        raise NotLinked(message_text("related.several_titles", title=title[:80]))
    label = _label(desk, block)
    unknown = message_text("value.no_such_title", title=title[:80], label=label)
    raise NotLinked(unknown if title else message_text("value.required", label=label))


def _label(desk: Desk, block: RelatedBlock) -> Text:
    return desk.workspace.blueprint.entities[block.entity].label


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise RecordNotFound
    return int(text)


def _ask(desk: Desk, record: Record, block: RelatedBlock, error: Text | None = None) -> Response:
    other = desk.workspace.blueprint.entities[block.entity]
    field = other.fields[block.by]
    note = "related.note_add" if field.type.kept_apart else "related.note_set"
    title = desk.say("related.link_title", title=record.title)
    context = contexts.LinkScreen(
        page=desk.page(title),
        entity=desk.head(other),
        title=title,
        note=desk.say(note, field=desk.text(field.label)),
        control=_control(desk, record, block, error),
        action=related_url(record, block),
        target=f"related-{block.entity}-{block.by}",
        back=_back(desk, record),
    )
    template = "parts/link.html" if desk.request.is_htmx else "screens/link.html"
    return desk.render(template, context, 422 if error else 200)


def _control(desk: Desk, record: Record, block: RelatedBlock, error: Text | None) -> Control:
    """The picker of records that are not linked here yet; what was chosen stays."""
    picked = desk.request.form.get(CHOSEN, "")
    ids = [int(picked)] if picked.isascii() and picked.isdigit() and len(picked) < 17 else []
    titles = desk.store.titles(desk.actor, block.entity, ids)
    return Control(
        widget="link",
        name=CHOSEN,
        id="c-linked",
        label=desk.text(_label(desk, block)),
        text=picked if titles else "",
        error=desk.text(error) if error else "",
        required=True,
        focus=True,
        choices=tuple(Choice(str(id), title, selected=True) for id, title in titles.items()),
        pick_url=f"/pick/{block.entity}?lacking={quote(f'{block.by}:{typed_value(desk, block, record)}')}",
        by_title=desk.request.form.get(CHOSEN + BY_TITLE, ""),
    )


def _back(desk: Desk, record: Record) -> str:
    """The page of the record as it was looked at."""
    return way_back(desk, f"/e/{record.entity.name}/{record.id}")


def _answer(
    desk: Desk, record: Record, block: RelatedBlock, flash: Flash | None, error: Text | None = None
) -> Response:
    """The list again with what to tell; without script the page of the record."""
    if not desk.request.is_htmx:
        told = Flash("error.refused", {"reason": desk.text(error)}) if error else flash
        return desk.redirect(_back(desk, record), told)
    table = RelatedLists.read(desk, record, [block], editable=True).list_of(block, desk.text(error) if error else "")
    response = desk.render("parts/related.html", contexts.RelatedAgain(table), 422 if error else 200)
    if flash:
        told_now = {"text": desk.say(flash.key, **flash.values), "undo": flash.undo_url}
        response.headers["hx-trigger"] = json.dumps({"toast": told_now})
    return response
