"""The peek: one record beside its list, drawn with the page or sent alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import Response

from engine.forms.contexts import Choice, Peek, PeekPath, PeekRegion, Section
from engine.forms.pages import pages
from engine.records.errors import RecordNotFound
from engine.records.model import Record, Row
from engine.schema.model import Entity
from engine.templating import Html
from engine.web.columns import address
from engine.web.desk import Desk
from engine.web.props import make_prop
from engine.web.record_head import mark_of, record_head
from engine.web.rules import hidden_fields, locked_fields, needed_fields

PARAMETER = "peek"
MOST_FIELDS = 16
"""Fields a peek shows; the rest is on the record's own page."""


def wants_peek(desk: Desk) -> bool:
    """Whether the page asks for the region `#peek` alone."""
    return desk.request.is_htmx and desk.request.headers.get("hx-target", "").endswith("peek")


def send_peek(desk: Desk, entity: Entity) -> Response:
    """The region for the record in the address; empty when there is none. Raises `RecordNotFound`."""
    asked = desk.request.query.get(PARAMETER, "")
    if not asked:
        return desk.render("parts/peek.html", PeekRegion(None))
    return desk.render("parts/peek.html", PeekRegion(_peek(desk, _record(desk, entity, asked), address(desk))))


def peek_again(desk: Desk, record: Record) -> Response:
    """The region after a write that was made in it."""
    return desk.render("parts/peek.html", PeekRegion(_peek(desk, record, _current_list(desk, record.entity))))


def peek_beside(desk: Desk, entity: Entity, rows: Sequence[Row]) -> tuple[Html, int]:
    """The region of a whole page, which leads to its neighbours among `rows`, and the id of its record.
    Raises `RecordNotFound`."""
    asked = desk.request.query.get(PARAMETER, "")
    if not asked:
        return draw(desk, None), 0
    record = _record(desk, entity, asked)
    ids = [row["id"] for row in rows]
    peek = _peek(desk, record, address(desk))
    if record.id in ids:
        at = ids.index(record.id)
        previous, following = ids[at - 1 : at] if at else [], ids[at + 1 : at + 2]
        peek = replace(
            peek,
            previous_url=f"{peek_url(desk)}{previous[0]}" if previous else "",
            next_url=f"{peek_url(desk)}{following[0]}" if following else "",
        )
    return draw(desk, peek), record.id


def draw(desk: Desk, peek: Peek | None) -> Html:
    return Html(pages(desk.language).render("parts/peek.html", PeekRegion(peek)))


def peek_url(desk: Desk) -> str:
    """The address of this list with a peek, up to the record's id."""
    here = address(desk)
    return f"{here}{'&' if '?' in here else '?'}{PARAMETER}="


def _record(desk: Desk, entity: Entity, asked: str) -> Record:
    if not asked.isascii() or not asked.isdigit() or len(asked) > 16:
        raise RecordNotFound
    return desk.store.get(desk.actor, entity.name, int(asked))


def _current_list(desk: Desk, entity: Entity) -> str:
    """The list the browser shows, from the address htmx names; the entity's own for anything else."""
    here = urlsplit(desk.request.headers.get("hx-current-url", ""))
    home = f"/e/{entity.name}"
    if here.path != home and not here.path.startswith(f"{home}/v/"):
        return home
    query = urlencode([pair for pair in parse_qsl(here.query) if pair[0] != PARAMETER])
    return f"{here.path}?{query}" if query else here.path


def _peek(desk: Desk, record: Record, close_url: str) -> Peek:
    deleted = record.row.get("deleted_at") is not None
    editable, head = record.may_update and not deleted, record_head(desk, record)
    return Peek(
        entity=desk.head(record.entity),
        csrf=desk.request.csrf_token,
        id=str(record.id),
        version=str(record.version),
        title=record.title,
        mark=mark_of(record),
        company=head.company,
        tags=head.tags,
        facts=head.facts,
        sections=_sections(desk, record, editable),
        path=_path(desk, record, editable),
        close_url=close_url,
    )


def _sections(desk: Desk, record: Record, editable: bool) -> tuple[Section, ...]:
    """The first sections of the record's form, up to `MOST_FIELDS` fields."""
    screen = desk.workspace.blueprint.screens.records[record.entity.name]
    hidden = hidden_fields(desk, record.entity, record.row)
    locked, needed = (rule(desk, record.entity, record.row) for rule in (locked_fields, needed_fields))
    shown: list[Section] = []
    left = MOST_FIELDS
    for section in screen.form.sections:
        fields = [cell.field for cell in section.cells if cell.field.name not in hidden][:left]
        left -= len(fields)
        props = tuple(
            make_prop(desk, record, field, editable=editable, locked=locked, needed=needed) for field in fields
        )
        if props:
            shown.append(Section(section.id, desk.text(section.label), props))
    return tuple(shown)


def _path(desk: Desk, record: Record, editable: bool) -> PeekPath | None:
    field = record.entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    if field is None or pipeline is None:
        return None
    now = str(record.row.get(field.name))
    choices = {key: Choice(key, desk.text(stage.label), stage.hue) for key, stage in pipeline.stages.items()}
    walked = [key for key, stage in pipeline.stages.items() if stage.kind != "lost" or key == now]
    at = walked.index(now) if now in walked else -1
    allowed = desk.store.moves(desk.actor, record.entity, record.row) if editable else ()
    return PeekPath(
        number=at + 1,
        total=len(walked),
        stage=choices.get(now, Choice(now, now, "gray")),
        spent=_spent(desk, record, now),
        moves=tuple(choices[key] for key in dict.fromkeys((*walked[at + 1 :], *choices)) if key in allowed),
    )


def _spent(desk: Desk, record: Record, stage: str) -> str:
    entered = [start for key, start, left in desk.store.stages(record.entity.name, record.id) if key == stage]
    return desk.say("record.days", count=(desk.store.moment(desk.actor).now - entered[-1]).days) if entered else ""
